//! Which of many designs nobody can better on two measures at once.

/// The places of the points that no other one dominates, from the best on the first measure to the best on the second.
/// Less is better on both; a point that is no number is on no front. Points that are the same are all on it.
pub fn front(points: &[(f64, f64)]) -> Vec<usize> {
    let mut order: Vec<usize> =
        (0..points.len()).filter(|&at| !points[at].0.is_nan() && !points[at].1.is_nan()).collect();
    order.sort_by(|&a, &b| {
        points[a].0.total_cmp(&points[b].0).then(points[a].1.total_cmp(&points[b].1)).then(a.cmp(&b))
    });
    let mut front: Vec<usize> = Vec::new();
    for at in order {
        let new = match front.last().map(|&last| points[last]) {
            None => true,
            // Everything before it is no worse on the first measure.
            Some(last) => points[at].1 < last.1 || points[at] == last,
        };
        if new {
            front.push(at);
        }
    }
    front
}

/// Round numbers from at most `low` to at least `high`, about so many steps apart (Heckbert, *Nice Numbers for Graph
/// Labels*, Graphics Gems, 1990).
pub fn nice_ticks(low: f64, high: f64, steps: usize) -> Vec<f64> {
    let spread = if high > low { high - low } else { low.abs().max(1.0) };
    let rough = spread / steps.max(1) as f64;
    let power = 10f64.powi(rough.log10().floor() as i32);
    let unit = [1.0, 2.0, 5.0, 10.0].into_iter().find(|nice| nice * power >= rough * 0.999).unwrap_or(10.0) * power;
    let (first, last) = ((low / unit).floor() as i64, (high.max(low + spread) / unit).ceil() as i64);
    (first..=last).map(|at| at as f64 * unit).collect()
}
