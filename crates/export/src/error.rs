//! What can go wrong in an export: a name that the kit does not have, with the nearest one that it has.

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// `what` is a word of the kit's language: area, pack, seniority, plan, prompt, follow-up, exercise.
    #[error("the kit has no {what} “{name}”{}", hint(nearest, has))]
    Unknown {
        what: &'static str,
        name: String,
        nearest: Option<String>,
        has: Vec<String>,
    },
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}

impl ExportError {
    pub(crate) fn unknown<'a>(
        what: &'static str,
        name: &str,
        has: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let has: Vec<String> = has.into_iter().map(str::to_owned).collect();
        let nearest = has
            .iter()
            .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
            .min_by_key(|(distance, _)| *distance)
            .filter(|(distance, candidate)| *distance <= 2.max(candidate.len() / 3))
            .map(|(_, candidate)| candidate.clone());
        ExportError::Unknown {
            what,
            name: name.to_owned(),
            nearest,
            has,
        }
    }
}

fn hint(nearest: &Option<String>, has: &[String]) -> String {
    match nearest {
        Some(nearest) => format!("; did you mean “{nearest}”?"),
        None if has.is_empty() => "; it has none at all".to_owned(),
        None => format!("; it has {}", has.join(", ")),
    }
}
