//! The lines of the list of roles.

use super::super::state::State;
use super::detail::Line;
use super::listed::Listed;
use crate::catalog::Say;
use crate::model::role;
use crate::text::width::{fit, pad, width};

/// The widest login name.
const NAME: usize = 20;

/// Who has a role: login name, number, role; below, what the one under the cursor may do, and whose everything is.
pub(super) fn roles(state: &State, at: usize, (columns, list): (usize, &mut Listed)) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    lang.say(Say::CmdRoles).clone_into(&mut list.title);
    let ellipsis = state.glyphs().ellipsis;
    let widest = role::all(&state.ledger).map(|role| width(&role.name)).max().unwrap_or(0).min(NAME);
    let mut more = Vec::new();
    for (row, role) in role::all(&state.ledger).enumerate() {
        let name = pad(&fit(&role.name, widest, ellipsis), widest);
        let line = format!("{name}  {:>6}  {}", role.uid, lang.may(&role.may));
        list.lines.push((fit(&line, columns, ellipsis), theme.text()));
        if row == at {
            more.push((lang.may_about(&role.may), theme.text()));
        }
    }
    more.push((lang.fill(Say::RolesOwner, &[&state.setup.owner]), theme.title()));
    more
}
