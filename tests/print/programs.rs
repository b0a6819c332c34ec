//! Programs that read what we write. Where one is missing its tests say so and pass, unless `DUBAN_NEED_PROGRAMS` is set, as
//! `.ci/run` does.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs a program and expects it to succeed; `None` where it is not installed.
pub(crate) fn run(program: &str, args: &[&str]) -> Option<Output> {
    let output = match Command::new(program).args(args).output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            assert!(std::env::var_os("DUBAN_NEED_PROGRAMS").is_none(), "{program} is not installed");
            eprintln!("skipped: {program} is not installed");
            return None;
        }
        Err(error) => panic!("{program}: {error}"),
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {args:?}: {said}");
    Some(output)
}

/// What LibreOffice makes of a file, in another format (`pdf`, `xlsx`, `txt:Text`), in the file's folder.
pub(crate) fn office(file: &Path, to: &str) -> Option<PathBuf> {
    let folder = file.parent().expect("a folder");
    // A profile of its own: two LibreOffices at once wait for each other otherwise.
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let (file, out) = (file.display().to_string(), folder.display().to_string());
    run("soffice", &[&profile, "--headless", "--convert-to", to, "--outdir", &out, &file])?;
    Some(Path::new(&file).with_extension(to.split(':').next().unwrap()))
}

/// The text of a PDF, as laid out.
pub(crate) fn pdf_text(file: &Path) -> Option<String> {
    let output = run("pdftotext", &["-layout", "-enc", "UTF-8", &file.display().to_string(), "-"])?;
    Some(String::from_utf8(output.stdout).unwrap())
}
