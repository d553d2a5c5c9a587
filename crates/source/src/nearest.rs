//! The known name nearest to a mistyped one.

/// Names longer than this are not typing mistakes, and comparing them costs the square of their length.
const LONGEST: usize = 64;

/// The candidate nearest to `name` by edit distance (swapped neighbours count once); none when all are
/// further away than a third of the name, or when the name is absurdly long. Of equally near ones the first.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().take(LONGEST + 1).count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let folded = name.to_lowercase().replace('_', "-");
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = candidate.chars().count();
        let reach = (length.max(other) / 3).max(1);
        if other > LONGEST || length.abs_diff(other) > reach {
            continue;
        }
        let distance = strsim::osa_distance(&folded, &candidate.to_lowercase().replace('_', "-"));
        if distance <= reach && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}
