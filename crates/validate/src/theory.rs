//! The formulae. Times are in units of the mean service time; each says where it stands.

/// Erlang's B: the share that is turned away by `servers` without a queue, offered `load` erlangs. By the recursion
/// B(k) = a B(k − 1) / (k + a B(k − 1)), Kleinrock, *Queueing Systems I*, 1975, 3.6.
pub fn erlang_b(servers: u32, load: f64) -> f64 {
    (1..=servers).fold(1.0, |b, k| load * b / (f64::from(k) + load * b))
}

/// Erlang's C: the probability of waiting in M/M/c. C = B / (1 − ρ (1 − B)), Kleinrock I, 3.5.
pub fn erlang_c(servers: u32, load: f64) -> f64 {
    let b = erlang_b(servers, load);
    b / (1.0 - load / f64::from(servers) * (1.0 - b))
}

/// The mean time in an M/M/c system: 1 + C / (c (1 − ρ)), Kleinrock I, 3.5.
pub fn mmc_response(servers: u32, rho: f64) -> f64 {
    let c = f64::from(servers);
    1.0 + erlang_c(servers, c * rho) / (c * (1.0 - rho))
}

/// How likely an M/M/c system takes longer than `time`: the wait is 0 with 1 − C, else exponential with rate c (1 − ρ);
/// the service is exponential with rate 1 (Gross, Shortle, Thompson, Harris, *Fundamentals of Queueing Theory*, 4th ed., 2.3).
pub fn mmc_longer(servers: u32, rho: f64, time: f64) -> f64 {
    let c = f64::from(servers);
    let (waits, leaves) = (erlang_c(servers, c * rho), c * (1.0 - rho));
    let both = if (leaves - 1.0).abs() < 1e-9 {
        (1.0 + time) * (-time).exp()
    } else {
        (leaves * (-time).exp() - (-leaves * time).exp()) / (leaves - 1.0)
    };
    (1.0 - waits) * (-time).exp() + waits * both
}

/// The quantile of the time in an M/M/c system, by bisection of `mmc_longer`.
pub fn mmc_quantile(servers: u32, rho: f64, quantile: f64) -> f64 {
    bisect(0.0, 1e6, |time| mmc_longer(servers, rho, time) > 1.0 - quantile)
}

/// Where a condition that holds at `low` and not at `high` changes.
fn bisect(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if holds(middle) { low = middle } else { high = middle }
    }
    low
}

/// M/M/c/K: the probabilities of 0 … K in the system, of a birth–death process (Kleinrock I, 3.6).
pub fn mmck(servers: u32, most: u32, load: f64) -> Vec<f64> {
    let mut weights = vec![1.0];
    for n in 1..=most {
        weights.push(weights[n as usize - 1] * load / f64::from(n.min(servers)));
    }
    normed(weights)
}

/// The share turned away, and the mean time in the system of those that are let in (Little's law over them).
pub fn mmck_blocked_and_response(servers: u32, most: u32, load: f64) -> (f64, f64) {
    let p = mmck(servers, most, load);
    let blocked = p[most as usize];
    (blocked, mean(&p) / (load * (1.0 - blocked)))
}

/// M/M/c+M: the share that gives up, θ L / λ, with L waiting on average (Palm 1957; Mandelbaum and Zeltyn, *Service
/// Engineering in Action: The Palm/Erlang-A Queue*, 2007). `theta`: of one who waits, per mean service time.
pub fn erlang_a(servers: u32, load: f64, theta: f64) -> f64 {
    let mut weights = vec![1.0];
    // Far beyond where anybody is found: the load at most, and what patience adds.
    let most = servers + 200 + (20.0 * load / theta.min(1.0)) as u32;
    for n in 1..=most {
        let leave = f64::from(n.min(servers)) + f64::from(n.saturating_sub(servers)) * theta;
        weights.push(weights[n as usize - 1] * load / leave);
    }
    let p = normed(weights);
    let waiting: f64 = p.iter().enumerate().map(|(n, p)| n.saturating_sub(servers as usize) as f64 * p).sum();
    theta * waiting / load
}

/// The mean time in an M/G/1 system: 1 + ρ (1 + cv²) / (2 (1 − ρ)) (Pollaczek 1930, Khinchine 1932; Kleinrock I, 5.6).
pub fn mg1_response(rho: f64, cv: f64) -> f64 {
    1.0 + rho * (1.0 + cv * cv) / (2.0 * (1.0 - rho))
}

/// Calls made of one request by `attempts` tries that fail with probability `p` each: (1 − pⁿ) / (1 − p).
pub fn expected_attempts(p: f64, attempts: u32) -> f64 {
    (0..attempts).map(|n| p.powi(n as i32)).sum()
}

/// How likely the slowest of `n` independent exponential times takes longer than `time` means of one: 1 − (1 − e^−t)ⁿ (David
/// and Nagaraja, *Order Statistics*, 3rd ed., 2003, 2.1).
pub fn slowest_is_later(n: usize, time: f64) -> f64 {
    1.0 - (1.0 - (-time).exp()).powi(n as i32)
}

/// How likely an exponential time takes longer than `time` means when a second one begins after `delay` and the first to end
/// counts: e^−t before, e^−(2t − d) after.
pub fn hedged_is_later(delay: f64, time: f64) -> f64 {
    (-time - (time - delay).max(0.0)).exp()
}

/// The mean time in the supermarket model with `choices` queues looked at, for infinitely many servers:
/// Σ λ^((dⁱ − d) / (d − 1)) (Mitzenmacher, *The Power of Two Choices in Randomized Load Balancing*, 2001, Corollary 5).
pub fn supermarket(choices: u32, lambda: f64) -> f64 {
    if choices == 1 {
        return 1.0 / (1.0 - lambda);
    }
    let d = f64::from(choices);
    (1..30).map(|i| lambda.powf((d.powi(i) - d) / (d - 1.0))).sum()
}

fn normed(weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

fn mean(probabilities: &[f64]) -> f64 {
    probabilities.iter().enumerate().map(|(n, p)| n as f64 * p).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, known: f64) {
        assert!((found / known - 1.0).abs() < 1e-9, "{found} {known}");
    }

    /// Figures that were computed elsewhere, with other programs.
    #[test]
    fn formulae_come_to_known_figures() {
        near(erlang_b(4, 3.2), 0.228_144_929_957_946_9);
        near(erlang_c(4, 3.2), 0.596_432_471_782_404_6);
        near(mmc_response(8, 0.9), 1.876_916_237_682_821_5);
        near(mmc_quantile(1, 0.8, 0.9), 11.512_925_464_970_232);
        near(mmc_quantile(4, 0.8, 0.99), 6.893_203_748_883_03);
        near(mg1_response(0.8, 2.0), 11.0);
        near(mmck_blocked_and_response(4, 4, 3.2).0, erlang_b(4, 3.2));
        near(erlang_a(1, 0.8, 0.1), 0.130_648_262_693_857_6);
        near(erlang_a(4, 4.8, 1.0), 0.269_319_044_858_109_9);
        near(erlang_a(4, 8.0, 0.5), 0.501_558_722_153_367_3);
        near(expected_attempts(0.9, 64), 9.988_209_815_422_264);
        near(supermarket(2, 0.9), 2.614_057_377_323_876);
        near(supermarket(1, 0.9), 10.0);
        near(hedged_is_later(2.995_732_273_553_99, 3.800_451_229_771_04), 0.01);
        near(hedged_is_later(std::f64::consts::LN_2, 3.800_451_229_771_047_3), 0.001);
        near(slowest_is_later(10, 2.703_555_191_862_404_3), 0.5);
        // Of 100 with one slow answer in a hundred each (Dean and Barroso 2013: 63 % of requests).
        near(slowest_is_later(100, 100f64.ln()), 0.633_967_658_726_770_9);
    }
}
