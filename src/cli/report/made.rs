//! A report in a format, with the fonts that it takes.

use crate::catalog::{Lang, Say};
use crate::output::fonts;
use crate::render::{self, Fonts, Format, RenderError};
use crate::report::Made;

use crate::cli::export::BOM;
use crate::cli::fail::{Exit, Stop};
use crate::cli::out::note;
use crate::cli::progress::Progress;
use crate::cli::session::Session;

/// The bytes of a file: CSV begins as spreadsheets on Windows want it.
pub(super) fn file(session: &Session, made: &Made, format: Format) -> Result<Vec<u8>, Stop> {
    let fonts = fonts_for(session, format)?;
    rendered(session, made, format, fonts.as_ref()).map(|bytes| with_mark(format, bytes))
}

/// The bytes for a pipe or a terminal.
pub(super) fn bytes(session: &Session, made: &Made, format: Format) -> Result<Vec<u8>, Stop> {
    let fonts = fonts_for(session, format)?;
    let bytes = rendered(session, made, format, fonts.as_ref())?;
    Ok(match bytes.strip_prefix(BOM) {
        Some(rest) if format == Format::Csv => rest.to_vec(),
        _ => bytes,
    })
}

/// CSV in a file begins with a byte order mark, once.
pub(super) fn with_mark(format: Format, bytes: Vec<u8>) -> Vec<u8> {
    if format != Format::Csv || bytes.starts_with(BOM) { bytes } else { [BOM, &bytes].concat() }
}

/// The fonts, where the format takes them, and says once which they are.
pub(super) fn fonts_for(session: &Session, format: Format) -> Result<Option<Fonts>, Stop> {
    if !format.needs_fonts() {
        return Ok(None);
    }
    let lang = session.lang;
    let fonts = fonts::find().map_err(|_| no_font(lang))?;
    let name = |at: usize| fonts.faces.get(at).and_then(|face| face.first()).map_or("-", |font| font.name.as_str());
    let names: Vec<String> = (0..fonts.faces.len()).map(|at| crate::text::one_line(name(at)).text).collect();
    let shown: Vec<&dyn std::fmt::Display> = names.iter().map(|name| name as &dyn std::fmt::Display).collect();
    note(&lang.fill(Say::CliFonts, &shown));
    Ok(Some(fonts))
}

pub(super) fn rendered(session: &Session, made: &Made, format: Format, fonts: Option<&Fonts>) -> Result<Vec<u8>, Stop> {
    let lang = session.lang;
    let mut progress = Progress::new(lang);
    let bytes = render::render(made, format, fonts, &mut |done, of| progress.tell(done, of));
    drop(progress);
    if let (Format::Pdf, Ok(_), Some(fonts)) = (format, &bytes, fonts)
        && let Some(said) = fonts::lacking(lang, &made.report, fonts)
    {
        note(&said);
    }
    bytes.map_err(|error| match error {
        RenderError::NoFonts => no_font(lang),
        RenderError::BadFont(name) => {
            let name = crate::text::one_line(&name).text;
            Stop::input(lang.fill(Say::CliBadFont, &[&name]), lang.say(Say::CliBadFontTodo))
        }
        RenderError::TooMuch(what) => {
            Stop::input(lang.fill(Say::CliTooMuch, &[&format.ending(), &what]), lang.say(Say::CliTooMuchTodo))
        }
        RenderError::Library(what) => {
            Stop::new(Exit::Store, lang.fill(Say::CliOurFault, &[&what]), lang.say(Say::CliOurFaultTodo))
        }
    })
}

fn no_font(lang: Lang) -> Stop {
    Stop::input(lang.say(Say::CliNoFont), lang.say(Say::CliNoFontTodo))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_csv_has_a_mark_and_one_only() {
        assert_eq!(with_mark(Format::Csv, b"a".to_vec()), b"\xef\xbb\xbfa");
        assert_eq!(with_mark(Format::Csv, b"\xef\xbb\xbfa".to_vec()), b"\xef\xbb\xbfa");
        assert_eq!(with_mark(Format::Txt, b"a".to_vec()), b"a");
    }
}
