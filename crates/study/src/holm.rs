//! Several claims at once: Holm's step-down procedure (Holm 1979, *A simple sequentially rejective multiple test
//! procedure*). It holds the chance of any false claim at the level, without assuming that claims are independent.

/// Adjusted p-values, in the order given, and per claim the share of the level that its own interval may use.
pub fn holm(p: &[f64]) -> Vec<(f64, f64)> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]).then(a.cmp(&b)));
    let mut out = vec![(1.0, 1.0); p.len()];
    let mut most = 0.0f64;
    for (rank, &at) in order.iter().enumerate() {
        let left = (p.len() - rank) as f64;
        // A claim is never more certain than the one before it.
        most = most.max((p[at] * left).min(1.0));
        out[at] = (most, 1.0 / left);
    }
    out
}
