//! Durations put in order, for the values that are reported of them.

use std::time::Duration;

/// Milliseconds, in order.
pub(crate) struct Sorted(pub(crate) Vec<f64>);

impl Sorted {
    pub(crate) fn of(values: impl Iterator<Item = Duration>) -> Self {
        let mut values: Vec<f64> = values.map(|value| value.as_secs_f64() * 1000.0).collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// The value at so many percent.
    pub(crate) fn at(&self, percent: usize) -> f64 {
        self.0.get(self.0.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default()
    }
}
