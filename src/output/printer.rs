//! Printers, by `lp` and `lpstat`.

mod lpstat;

use std::io::{self, Write as _};
use std::process::{Command, Output, Stdio};

use crate::render::Format;
use crate::render::page::{CHARS, LEFT, LINE, MM_PER_PT, PAPER, TEXT, TOP};
use crate::text::{one_line, truncate};

/// A printer that the system knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printer {
    /// Its name.
    pub name: String,
    /// The one that `lp` takes unasked.
    pub default: bool,
    /// What the system says of it, in its words; empty where it says nothing.
    pub state: String,
}

/// On which sides of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sides {
    /// One side.
    One,
    /// Both, turned over the long edge, as official documents are (GB/T 9704-2012, 6.2).
    #[default]
    Both,
}

/// What is printed where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Job {
    /// The printer; `None`: the default one.
    pub printer: Option<String>,
    /// What it is called in the queue.
    pub title: String,
    /// On which sides.
    pub sides: Sides,
    /// How many copies; 1 and up.
    pub copies: u16,
}

/// Why nothing was printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotPrinted {
    /// There is no `lp` on this system.
    #[error("no lp")]
    NoLp,
    /// The system knows no printer.
    #[error("no printer")]
    NoPrinter,
    /// No printer can be called so: it would be read as an option.
    #[error("{0} is no printer's name")]
    BadName(String),
    /// `lp` said this, on one line.
    #[error("{0}")]
    Refused(String),
}

/// The printers that the system knows, the default one first. None: an empty list.
///
/// # Errors
/// When there is no `lpstat`.
pub fn printers() -> Result<Vec<Printer>, NotPrinted> {
    let answer = |option: &str| run(Command::new("lpstat").arg(option), &[]).map(|output| output.stdout);
    // One question each: all at once their answers could not be told apart.
    Ok(lpstat::read(&answer("-e")?, &answer("-d")?, &answer("-p")?))
}

/// Hands a file to `lp`; what `lp` answers, on one line.
///
/// # Errors
/// When there is no `lp`, no printer, or `lp` refuses.
pub fn print(job: &Job, format: Format, bytes: &[u8]) -> Result<String, NotPrinted> {
    let mut command = Command::new("lp");
    if let Some(name) = &job.printer {
        if !is_name(name) {
            return Err(NotPrinted::BadName(one_line(name).text));
        }
        command.arg("-d").arg(name);
    }
    command.arg("-n").arg(job.copies.max(1).to_string());
    let sides = match job.sides {
        Sides::One => "one-sided",
        Sides::Both => "two-sided-long-edge",
    };
    command.arg("-o").arg(format!("sides={sides}"));
    if format == Format::Txt {
        for option in text_geometry() {
            command.arg("-o").arg(option);
        }
    }
    // A job's name holds 255 bytes (IPP); Chinese takes three each.
    let title = one_line(&job.title).text;
    command.arg("-t").arg(&*truncate(&title, 120, "…"));
    let output = run(&mut command, bytes)?;
    if output.status.success() {
        return Ok(said(&output.stdout));
    }
    let why = said(&output.stderr);
    if why.contains("no default destination") && printers().is_ok_and(|known| known.is_empty()) {
        return Err(NotPrinted::NoPrinter);
    }
    Err(NotPrinted::Refused(why))
}

/// How CUPS sets pages of text: A4 with the margins of GB/T 9704, as many columns and lines on it as the pages of a report have.
/// A queue that prints text as it comes does not know these options and leaves them be.
fn text_geometry() -> [String; 7] {
    let points = |mm: f64| (mm / MM_PER_PT).floor();
    let columns = f64::from(u8::try_from(CHARS * 2).unwrap_or(u8::MAX));
    [
        "media=A4".to_owned(),
        format!("page-top={}", points(TOP)),
        format!("page-left={}", points(LEFT)),
        format!("page-right={}", points(PAPER.0 - LEFT - TEXT.0)),
        format!("page-bottom={}", points(PAPER.1 - TOP - TEXT.1)),
        format!("cpi={:.2}", columns / (TEXT.0 / 25.4)),
        format!("lpi={:.2}", 25.4 / LINE),
    ]
}

/// Whether a printer can be called so: no option, and nothing that would break a line. An instance (`laser/draft`) is a name.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('-') && !name.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Runs a program of CUPS in the language in which its answers are known, with bytes on its input.
fn run(command: &mut Command, bytes: &[u8]) -> Result<Output, NotPrinted> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => NotPrinted::NoLp,
        _ => NotPrinted::Refused(error.to_string()),
    };
    let command = command.env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    // A program that reads no more says why itself, by its status and its message.
    let _ = child.stdin.take().map(|mut stdin| stdin.write_all(bytes));
    child.wait_with_output().map_err(failed)
}

fn said(bytes: &[u8]) -> String {
    one_line(String::from_utf8_lossy(bytes).trim()).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_an_option_is_no_name() {
        for (name, fine) in [("laser-1", true), ("二楼", true), ("hp/draft", true), ("-o", false), ("", false)] {
            assert_eq!(is_name(name), fine, "{name}");
        }
        assert!(!is_name("a b") && !is_name("a\nb"));
        let job = Job { printer: Some("-h\u{1b}evil".into()), ..Job::default() };
        assert_eq!(print(&job, Format::Txt, b""), Err(NotPrinted::BadName("-hevil".into())));
    }

    #[test]
    fn text_stands_on_paper_as_the_standard_has_it() {
        // 56 columns on 156 mm, 22 lines on 225 mm; margins of 37, 28, 26 and 35 mm in points.
        let expected =
            ["media=A4", "page-top=104", "page-left=79", "page-right=73", "page-bottom=99", "cpi=9.12", "lpi=2.48"];
        assert_eq!(text_geometry(), expected);
    }
}
