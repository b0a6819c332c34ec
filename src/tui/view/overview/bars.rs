//! A bar of lights: each light has its own mark, so that it reads without colour.

use ratatui::style::Style;

use super::super::super::board::Entry;
use super::super::super::canvas::Canvas;
use super::super::super::state::State;
use crate::model::Light;
use crate::text::width::pad_start;

/// Shares of `columns` in proportion to counts; what is there at all has one column at least where there is room.
pub(super) fn shares(counts: [usize; 4], columns: usize) -> [usize; 4] {
    let total: usize = counts.iter().sum();
    if total == 0 {
        return [0; 4];
    }
    let mut shares = counts.map(|count| (count * columns / total).max(usize::from(count > 0)));
    // The largest part takes what rounding left over, or gives what it took too much.
    let taken: usize = shares.iter().sum();
    let largest = shares.iter().copied().max().unwrap_or(0);
    if let Some(part) = shares.iter_mut().find(|share| **share == largest) {
        *part = (*part + columns).saturating_sub(taken);
    }
    shares
}

/// Columns of the widest count of any bar: three, as long as nothing counts a thousand.
pub(super) fn digits(entries: &[Entry]) -> usize {
    let counts = entries.iter().flat_map(|entry| match entry {
        Entry::Bar { lights, .. } => *lights,
        _ => [0; 4],
    });
    counts.max().unwrap_or(0).to_string().len().max(3)
}

/// Draws the counts of a bar, each in so many columns, and the bar.
pub(super) fn draw(
    state: &State,
    canvas: &mut Canvas<'_>,
    (x, y): (usize, usize),
    (lights, digits): ([usize; 4], usize),
    bar: usize,
) {
    let theme = state.theme;
    let mut x = x;
    for (light, count) in Light::ALL.into_iter().zip(lights) {
        let text = format!("{}{}", state.glyphs().light(light), pad_start(&count.to_string(), digits));
        let style = if count > 0 { theme.light(light) } else { theme.text() };
        x = canvas.put(x, y, 1 + digits, &text, style) + 1;
    }
    for (light, share) in Light::ALL.into_iter().zip(shares(lights, bar)) {
        let style: Style = theme.light(light);
        x = canvas.put(x, y, share, &state.glyphs().light(light).repeat(share), style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_filled_whole_and_hides_nothing_that_is_there() {
        assert_eq!(shares([1, 0, 0, 99], 10), [1, 0, 0, 9]);
        assert_eq!(shares([1, 1, 1, 0], 10), [4, 3, 3, 0]);
        assert_eq!(shares([0, 0, 5, 0], 8), [0, 0, 8, 0]);
        assert_eq!(shares([0, 0, 0, 0], 8), [0, 0, 0, 0]);
    }
}
