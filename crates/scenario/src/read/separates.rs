//! `separates`: what is claimed to tell the designs apart. Kept as data; the proof is somebody else's.

use seatrial_source::{Fields, Node, Spanned, Value, clip};

use crate::cx::Cx;
use crate::model::{DesignDef, Gap, Pair, Separates, Trade};
use crate::unit;

/// Measures beside the invariants' names.
const MEASURES: &[&str] = &[
    "detect",
    "undecided_at_end",
    "unrepaired_at_end",
    "running_cost",
    "goodput",
    "availability",
    "latency_p50",
    "latency_p99",
    "tickets",
    "loss",
];

impl<'a> Cx<'a> {
    pub fn separates(&mut self, root: &'a Node, designs: &[DesignDef]) -> Option<Separates> {
        let node = root
            .get("separates")
            .filter(|node| !crate::parts::is_nothing(node))?;
        self.at.map(node, "claim", |f| {
            let seeds = f.int("seeds", 1..=100_000).map_or(0, |seeds| seeds.value);
            let mut pairs = Vec::new();
            for entry in f
                .required("pairs")
                .map_or(&[][..], |node| self.at.entries(node, "`pairs`"))
            {
                let measure = Spanned {
                    value: entry.key.clone(),
                    span: entry.key_span,
                };
                self.at.map(&entry.value, "pair", |f| {
                    let from = self.design(f, "from", designs);
                    let to = self.design(f, "to", designs);
                    let gap = self.gap(f);
                    self.measure_name(&measure);
                    pairs.extend(from.zip(to).zip(gap).map(|((from, to), gap)| Pair {
                        measure: entry.key.clone(),
                        from,
                        to,
                        gap,
                    }));
                });
            }
            let mut trades = Vec::new();
            for entry in f
                .optional("trade")
                .map_or(&[][..], |node| self.at.entries(node, "`trade`"))
            {
                let measure = Spanned {
                    value: entry.key.clone(),
                    span: entry.key_span,
                };
                self.at.map(&entry.value, "trade", |f| {
                    let worse = self.design(f, "worse", designs);
                    let than = self.design(f, "than", designs);
                    let gap = self.gap(f);
                    self.measure_name(&measure);
                    let read = worse.zip(than).zip(gap);
                    trades.extend(read.map(|((worse, than), gap)| Trade {
                        measure: entry.key.clone(),
                        worse,
                        than,
                        gap,
                    }));
                });
            }
            Separates {
                seeds,
                pairs,
                trades,
            }
        })
    }

    fn measure_name(&self, name: &Spanned<String>) {
        if let Some(fault) = name.value.strip_prefix("detect.") {
            let faults = self.system.faults.iter().map(|fault| fault.name.as_str());
            if !faults.clone().any(|known| known == fault) {
                self.unknown(name.span, "fault", fault, faults);
            }
            return;
        }
        let known = self.known.invariants.iter().chain(MEASURES.iter().copied());
        if !known.clone().any(|known| known == name.value) {
            self.unknown(name.span, "invariant or measure", &name.value, known);
        }
    }

    fn design(
        &self,
        f: &mut Fields<'a>,
        key: &'static str,
        designs: &[DesignDef],
    ) -> Option<String> {
        let name = f
            .required(key)
            .and_then(|node| self.name(node, &format!("`{key}`")))?;
        if !designs.iter().any(|design| design.name == name.value) {
            self.unknown(
                name.span,
                "design",
                &name.value,
                designs.iter().map(|d| d.name.as_str()),
            );
            return None;
        }
        Some(name.value)
    }

    /// `30%`, `3m`, `500 USD/month`.
    fn gap(&self, f: &mut Fields<'a>) -> Option<Gap> {
        let node = f.required("gap")?;
        let text = match &node.value {
            Value::Scalar(scalar) => scalar.text.trim(),
            _ => "",
        };
        let ratio = unit::ratio(text)
            .ok()
            .filter(|_| text.ends_with('%'))
            .map(Gap::Ratio);
        let duration = || unit::duration(text).ok().map(Gap::DurationNs);
        let a_month = || {
            unit::money_a_month(text, &self.currency)
                .ok()
                .map(Gap::MoneyAMonth)
        };
        let money = || unit::money(text, &self.currency).ok().map(Gap::Money);
        let gap = ratio.or_else(duration).or_else(a_month).or_else(money);
        if gap.is_none() {
            let message = format!(
                "`gap` must be a share, a duration or money, but is `{}`",
                clip(text)
            );
            self.error(
                node.span,
                "wrong-unit",
                message,
                format!("such as 30%, 3m or 500 {}/month", self.currency.code),
            );
        }
        gap
    }
}
