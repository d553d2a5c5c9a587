//! Random text that is well typed in both languages: numbers, ratios, yes and no, lists inside lists.

/// Writes well-typed text from a tape of random bytes; when the tape ends, everything becomes a leaf.
pub struct Writer<'t> {
    tape: &'t [u8],
    /// Names of elements in scope.
    elements: usize,
    depth: usize,
}

impl<'t> Writer<'t> {
    pub fn new(tape: &'t [u8]) -> Writer<'t> {
        Writer {
            tape,
            elements: 0,
            depth: 0,
        }
    }

    fn pick(&mut self, of: usize) -> usize {
        match self.tape.split_first() {
            Some((first, rest)) if self.depth < 5 => {
                self.tape = rest;
                usize::from(*first) % of
            }
            _ => 0,
        }
    }

    fn deeper(&mut self, write: impl FnOnce(&mut Self) -> String) -> String {
        self.depth += 1;
        let text = write(self);
        self.depth -= 1;
        text
    }

    fn field(&mut self, leaf: &str, field: &str) -> String {
        match self.elements {
            0 => leaf.to_owned(),
            in_scope => format!("x{}.{field}", self.pick(in_scope)),
        }
    }

    /// Binds tighter than any operator.
    fn int_atom(&mut self) -> String {
        self.deeper(|w| match w.pick(9) {
            0 => (w.pick(7) + 1).to_string(),
            1 => "i".into(),
            2 => "j".into(),
            3 => w.field("i", "a"),
            4 => w.field("j", "b"),
            5 => format!("({})", w.int()),
            6 => format!("({} ? {} : {})", w.bool(), w.int(), w.int()),
            7 => w.over("7", |_, list| format!("{list}.size()"), None),
            _ => w.over("j", |_, list| format!("sum({list})"), Some(Self::int)),
        })
    }

    pub fn int(&mut self) -> String {
        self.deeper(|w| match w.pick(7) {
            0 | 1 => w.int_atom(),
            2 => format!("{} + {}", w.int(), w.int()),
            3 => format!("{} - {}", w.int(), w.int()),
            4 => format!("{} * {}", w.int_atom(), w.int_atom()),
            5 => {
                let sign = ["/", "%"][w.pick(2)];
                format!("{} {sign} {}", w.int_atom(), w.int_atom())
            }
            _ => format!("-{}", w.int_atom()),
        })
    }

    fn ratio_atom(&mut self) -> String {
        self.deeper(|w| match w.pick(7) {
            0 => ["0.1", "2.5", "3.0", "1e3"][w.pick(4)].into(),
            1 => "f".into(),
            2 => "g".into(),
            3 => w.field("f", "r"),
            4 => format!("({})", w.ratio()),
            5 => format!("double({})", w.int()),
            _ => w.over("g", |_, list| format!("sum_f({list})"), Some(Self::ratio)),
        })
    }

    pub fn ratio(&mut self) -> String {
        self.deeper(|w| match w.pick(6) {
            0 | 1 => w.ratio_atom(),
            2 => format!("{} + {}", w.ratio(), w.ratio()),
            3 => format!("{} - {}", w.ratio(), w.ratio()),
            4 => format!("{} * {}", w.ratio_atom(), w.ratio_atom()),
            _ => format!("{} / {}", w.ratio_atom(), w.ratio_atom()),
        })
    }

    fn compared(&mut self) -> String {
        self.deeper(|w| {
            let sign = ["==", "!=", "<", "<=", ">", ">="][w.pick(6)];
            match w.pick(3) {
                0 => format!("{} {sign} {}", w.int(), w.int()),
                1 => format!("{} {sign} {}", w.ratio(), w.ratio()),
                _ => format!(
                    "{} {} {}",
                    w.bool_atom(),
                    &["==", "!="][w.pick(2)],
                    w.bool_atom()
                ),
            }
        })
    }

    fn bool_atom(&mut self) -> String {
        self.deeper(|w| match w.pick(8) {
            0 => ["true", "false"][w.pick(2)].into(),
            1 => "p".into(),
            2 => w.field("p", "q"),
            3 => format!("!{}", w.bool_atom()),
            4 | 5 => {
                let ask = ["exists", "all", "exists_one"][w.pick(3)];
                w.over(
                    "p",
                    |w, list| w.within(|w, name| format!("{list}.{ask}({name}, {})", w.bool())),
                    None,
                )
            }
            6 => format!("({} in [{}, {}])", w.int_atom(), w.int(), w.int()),
            _ => format!("({})", w.bool()),
        })
    }

    pub fn bool(&mut self) -> String {
        self.deeper(|w| match w.pick(6) {
            0 | 1 => w.compared(),
            2 => w.bool_atom(),
            3 => format!("{} && {}", w.bool(), w.bool()),
            4 => format!("{} || {}", w.bool(), w.bool()),
            _ => format!("({} ? {} : {})", w.bool(), w.bool(), w.bool()),
        })
    }

    /// Something about a list, or the leaf where no more loops fit.
    fn over(
        &mut self,
        leaf: &str,
        about: impl FnOnce(&mut Self, String) -> String,
        map: Option<fn(&mut Self) -> String>,
    ) -> String {
        if self.elements >= 2 {
            return leaf.to_owned();
        }
        let mut list = ["items", "mine"][self.pick(2)].to_owned();
        for _ in 0..self.pick(3) {
            list = self.within(|w, name| format!("{list}.filter({name}, {})", w.bool()));
        }
        if let Some(map) = map {
            list = self.within(|w, name| match w.pick(3) {
                0 => format!("{list}.map({name}, {}, {})", w.bool(), map(w)),
                _ => format!("{list}.map({name}, {})", map(w)),
            });
        }
        about(self, list)
    }

    fn within(&mut self, write: impl FnOnce(&mut Self, String) -> String) -> String {
        let name = format!("x{}", self.elements);
        self.elements += 1;
        let text = write(self, name);
        self.elements -= 1;
        text
    }
}
