//! Percentiles of what was measured.

use std::time::Duration;

pub struct Latencies(Vec<Duration>);

impl Latencies {
    pub fn new(mut measured: Vec<Duration>) -> Self {
        measured.sort_unstable();
        Self(measured)
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// `percent` of the measurements are at most this long.
    pub fn percentile(&self, percent: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0.get((self.0.len() * percent / 100).min(last)).copied().unwrap_or_default()
    }

    pub fn milliseconds(&self, percent: usize) -> f64 {
        self.percentile(percent).as_secs_f64() * 1_000.0
    }
}

/// How many a second.
pub fn rate(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64().max(1e-9)
}

/// The median time of one call, over `rounds` rounds of `calls` calls.
pub fn median_time(rounds: usize, calls: usize, mut call: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let began = std::time::Instant::now();
            for _ in 0..calls {
                call();
            }
            began.elapsed() / u32::try_from(calls).unwrap_or(1)
        })
        .collect();
    times.sort_unstable();
    times.get(rounds / 2).copied().unwrap_or_default()
}

/// How long this process has kept cores busy so far, all threads together.
pub fn processor_time() -> anyhow::Result<Duration> {
    /// Of the kernel's own: a hundred ticks a second on every machine that we know.
    const TICK: Duration = Duration::from_millis(10);
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The name of the program is in brackets, and may hold anything.
    let fields = stat.rsplit_once(") ").map(|(_, fields)| fields).unwrap_or_default();
    let ticks: u32 = fields.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u32>().ok()).sum();
    Ok(TICK * ticks)
}
