//! What is wrong with a command line, in words: clap's findings in our catalogue.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::catalog::{Lang, Say};
use crate::text;

use super::fail::Stop;

pub(super) fn explain(lang: Lang, error: &Error) -> Stop {
    let arg = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            lang.fill(Say::CliUnknownVerb, &[&context(error, ContextKind::InvalidSubcommand)])
        }
        ErrorKind::UnknownArgument => lang.fill(Say::CliUnknownOption, &[&arg]),
        ErrorKind::InvalidValue if value.is_empty() => lang.fill(Say::CliValueMissing, &[&arg]),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => lang.fill(Say::CliValueWrong, &[&arg, &value]),
        ErrorKind::MissingRequiredArgument => lang.fill(Say::CliArgumentMissing, &[&arg]),
        ErrorKind::ArgumentConflict => {
            lang.fill(Say::CliOptionsConflict, &[&arg, &context(error, ContextKind::PriorArg)])
        }
        ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => lang.fill(Say::CliValueMissing, &[&arg]),
        ErrorKind::TooManyValues => lang.fill(Say::CliValueTooMany, &[&arg, &value]),
        ErrorKind::InvalidUtf8 => lang.say(Say::CliNotUtf8).to_owned(),
        ErrorKind::NoEquals | ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            lang.say(Say::CliMisused).to_owned()
        }
        _ => lang.say(Say::CliMisused).to_owned(),
    };
    let suggested = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .map(|kind| context(error, kind))
        .find(|found| !found.is_empty());
    let valid = context(error, ContextKind::ValidValue);
    let todo = match (suggested, valid.is_empty()) {
        (Some(name), _) => lang.fill(Say::CliDidYouMean, &[&name]),
        (None, false) => lang.fill(Say::CliValidValues, &[&valid]),
        (None, true) => lang.say(Say::CliSeeHelp).to_owned(),
    };
    Stop::input(what, todo)
}

/// A piece of what clap found, fit to be shown: it holds what was typed.
fn context(error: &Error, kind: ContextKind) -> String {
    let found = match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    text::one_line(&found).text
}
