//! Why the store refused, in the language of the screen: what happened and what to do.

use crate::catalog::{Lang, Say};
use crate::output::host::away;
use crate::store::Refused;

/// One sentence of what happened and what to do.
pub(super) fn explain(lang: Lang, refused: &Refused) -> String {
    match refused {
        Refused::Conflict(clashes) => {
            let keys: Vec<String> = clashes.iter().map(|clash| clash.key.to_string()).collect();
            lang.fill(Say::RefusedConflict, &[&keys.join(", ")])
        }
        Refused::Denied(why) => lang.denial(why),
        Refused::Invalid(why) => lang.fill(Say::RefusedInvalid, &[why]),
        Refused::Reused(seq) => lang.fill(Say::RefusedInvalid, &[seq]),
        Refused::Unknown => lang.say(Say::RefusedUnknown).to_owned(),
        Refused::Away(why) => {
            let (what, todo) = away(lang, why);
            format!("{what}{todo}")
        }
        Refused::Down(why) => lang.fill(Say::RefusedDown, &[why]),
    }
}
