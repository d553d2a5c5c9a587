//! Puts strips on pages: what belongs together stays together, heads of tables are repeated, space at a page's top falls away.

use super::look::{A4, BOTTOM, SIDE, TOP};
use super::strip::{Draw, Flow, Strip};
use crate::doc::Page;

#[derive(Debug)]
pub struct Sheet {
    pub page: Page,
    /// From the paper's upper edge.
    pub strips: Vec<(f32, Strip)>,
    /// The last heading of level 1 at the page's end, for the foot.
    pub section: String,
}

pub fn size(page: Page) -> (f32, f32) {
    match page {
        Page::Portrait => A4,
        Page::Landscape => (A4.1, A4.0),
    }
}

/// Width and height of what may be printed on.
pub fn measure(page: Page) -> (f32, f32) {
    let (width, height) = size(page);
    (width - 2.0 * SIDE, height - TOP - BOTTOM)
}

pub fn paginate(flow: Vec<Flow>) -> Vec<Sheet> {
    let mut out = Stack {
        sheets: vec![new(Page::Portrait, String::new())],
        y: 0.0,
        full: false,
    };
    let mut chain: Vec<Strip> = Vec::new();
    for item in flow {
        match item {
            Flow::Break(page) => {
                out.place(std::mem::take(&mut chain));
                out.turn(page);
            }
            Flow::Strip(strip) => {
                let ends = !strip.keep;
                chain.push(strip);
                if ends {
                    out.place(std::mem::take(&mut chain));
                }
            }
        }
    }
    out.place(chain);
    out.sheets.retain(|sheet| !sheet.strips.is_empty());
    out.sheets
}

fn new(page: Page, section: String) -> Sheet {
    Sheet {
        page,
        strips: Vec::new(),
        section,
    }
}

struct Stack {
    /// Never empty.
    sheets: Vec<Sheet>,
    /// Used height of the last sheet.
    y: f32,
    /// A filler fell away: those after it do too, since they go on from it.
    full: bool,
}

impl Stack {
    fn last(&mut self) -> &mut Sheet {
        self.sheets.last_mut().expect("begins with a sheet")
    }

    /// Goes on on a new page, unless nothing stands on this one.
    fn turn(&mut self, page: Page) {
        let last = self.last();
        if last.strips.is_empty() {
            last.page = page;
            return;
        }
        let section = last.section.clone();
        self.sheets.push(new(page, section));
        self.y = 0.0;
    }

    fn place(&mut self, chain: Vec<Strip>) {
        let Some(first) = chain.first() else { return };
        let page = self.last().page;
        let room = measure(page).1;
        let tall: f32 = chain.iter().map(|s| s.before + s.height).sum();
        let space = if self.y == 0.0 { first.before } else { 0.0 };
        if self.y > 0.0 && self.y + tall - space > room && !first.filler {
            self.turn(page);
            self.repeat(&chain[0]);
        }
        for strip in chain {
            let before = if self.y == 0.0 { 0.0 } else { strip.before };
            if strip.filler && (self.full || self.y + before + strip.height > room) {
                self.full = true;
                continue;
            }
            self.full = false;
            // Only a chain that fits on no page is parted.
            if self.y > 0.0 && self.y + before + strip.height > room {
                self.turn(page);
                self.repeat(&strip);
            }
            self.push(strip);
        }
    }

    fn repeat(&mut self, strip: &Strip) {
        if let Some(head) = &strip.repeat {
            let mut head = Strip::clone(head);
            for draw in &mut head.draws {
                // Heard once is enough.
                if let Draw::Line { tag, .. } = draw {
                    *tag = None;
                }
            }
            self.push(head);
        }
    }

    fn push(&mut self, strip: Strip) {
        if self.y > 0.0 {
            self.y += strip.before;
        }
        let y = self.y + TOP;
        self.y += strip.height;
        let sheet = self.last();
        if let Some(anchor) = strip.anchor.as_ref().filter(|a| a.level == 1) {
            sheet.section.clone_from(&anchor.title);
        }
        sheet.strips.push((y, strip));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn strip() -> impl Strategy<Value = Strip> {
        (1.0f32..900.0, 0.0f32..40.0, any::<bool>(), any::<bool>()).prop_map(
            |(height, before, keep, small)| Strip {
                height: if small { height / 20.0 } else { height },
                before,
                keep,
                ..Strip::default()
            },
        )
    }

    proptest! {
        /// Every strip is placed once, in order, and hangs over the page's foot only when no page could hold it.
        #[test]
        fn nothing_is_lost_or_cut(strips in proptest::collection::vec(strip(), 0..60)) {
            let heights: Vec<f32> = strips.iter().map(|s| s.height).collect();
            let sheets = paginate(strips.into_iter().map(Flow::Strip).collect());
            let placed: Vec<f32> = sheets.iter().flat_map(|s| &s.strips).map(|(_, s)| s.height).collect();
            prop_assert_eq!(placed, heights);
            let room = measure(Page::Portrait).1;
            for sheet in &sheets {
                for (y, strip) in &sheet.strips {
                    prop_assert!(y + strip.height <= TOP + room + 0.1 || *y == TOP);
                }
            }
        }

        /// Lines to write on fill what is left of a page, from its top on, and never begin one.
        #[test]
        fn fillers_fill_and_no_more(used in 1.0f32..730.0, heights in proptest::collection::vec(5.0f32..80.0, 1..40)) {
            let fixed = |height: f32| Strip { height, ..Strip::default() };
            let fillers = heights.iter().map(|height| Strip { filler: true, ..fixed(*height) });
            let strips = std::iter::once(fixed(used)).chain(fillers).chain([fixed(731.0)]);
            let sheets = paginate(strips.map(Flow::Strip).collect());
            prop_assert_eq!(sheets.len(), 2);
            let kept: Vec<f32> = sheets[0].strips[1..].iter().map(|(_, s)| s.height).collect();
            prop_assert_eq!(&kept[..], &heights[..kept.len()]);
            prop_assert_eq!(sheets[1].strips.len(), 1);
        }

        /// A strip that keeps with the next one shares its page whenever both fit on one.
        #[test]
        fn headings_are_not_left_alone(fill in 1.0f32..720.0, head in 1.0f32..60.0, next in 1.0f32..300.0) {
            let strips = [(fill, false), (head, true), (next, false)];
            let flow = strips.map(|(height, keep)| Flow::Strip(Strip { height, keep, ..Strip::default() }));
            let sheets = paginate(flow.into());
            let page_of = |n: usize| {
                let mut seen = 0;
                sheets.iter().position(|s| { seen += s.strips.len(); seen > n })
            };
            prop_assert_eq!(page_of(1), page_of(2));
        }
    }
}
