//! Which fonts the system has for an official document. Only names are read of the many; the files of the few that are chosen are
//! read whole.

mod wanted;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fontdb::{Database, FaceInfo, Source, Style, Weight};

use crate::catalog::{Lang, Say};
use crate::render::Fonts;
use crate::render::fonts::{Face, Font};
use crate::report::Report;

/// The folder whose fonts are used, and no others, where this is set in the environment.
pub const FOLDER: &str = "DUBAN_FONTS";

/// Where fonts lie that the system itself does not show to programs: TeX's and those of WPS.
const MORE_FOLDERS: [&str; 5] = [
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/texmf/fonts/opentype/public/fandol",
    "/usr/local/share/texmf/fonts/opentype/public/fandol",
    "/opt/kingsoft/wps-office/office6/fonts",
];

/// How many further fonts are asked for a character that a face's own font lacks.
const SPARE: usize = 3;

/// That the system has no Chinese font.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no Chinese font; install {}", NoFont::PACKAGES.join(" and "))]
pub struct NoFont;

impl NoFont {
    /// Packages of Debian, and of the systems made of it, that mend it: 仿宋, 楷体, 黑体 and 宋体; and 宋体 and 黑体 with all rare
    /// characters.
    pub const PACKAGES: [&str; 2] = ["texlive-lang-chinese", "fonts-noto-cjk"];
}

/// For each face the best font that the system has: the office's own, else a free one of the same kind.
///
/// # Errors
/// When there is no Chinese font at all.
pub fn find() -> Result<Fonts, NoFont> {
    match std::env::var_os(FOLDER) {
        Some(folder) if !folder.is_empty() => find_in(&[PathBuf::from(folder)]),
        _ => choose(&system()),
    }
}

/// Which characters of a report no font has when it is typeset, as a sentence; `None`: the fonts have all of them.
pub fn lacking(lang: Lang, report: &Report, fonts: &Fonts) -> Option<String> {
    let missing = crate::render::pdf::missing(report, fonts).ok()?;
    let named: Vec<String> = missing.into_iter().map(|c| format!("{c} U+{:04X}", u32::from(c))).collect();
    (!named.is_empty()).then(|| lang.fill(Say::CliNoGlyph, &[&named.join(lang.say(Say::ReportListJoin))]))
}

/// As [`find`], from these folders and those below them alone.
///
/// # Errors
/// When there is no Chinese font in them.
pub fn find_in(folders: &[PathBuf]) -> Result<Fonts, NoFont> {
    let mut known = Database::new();
    for folder in folders {
        known.load_fonts_dir(folder);
    }
    choose(&known)
}

fn system() -> Database {
    let mut known = Database::new();
    known.load_system_fonts();
    for folder in MORE_FOLDERS {
        known.load_fonts_dir(folder);
    }
    known
}

fn choose(known: &Database) -> Result<Fonts, NoFont> {
    let mut by_name: HashMap<String, Vec<&FaceInfo>> = HashMap::new();
    for font in known.faces().filter(|font| font.style == Style::Normal) {
        for (name, _) in &font.families {
            by_name.entry(name.to_lowercase()).or_default().push(font);
        }
    }
    // Of a family with several weights the plain one, but for titles the bold one: it comes nearest to 小标宋.
    let best = |names: &[&'static str], weight: Weight| -> Vec<&FaceInfo> {
        let family = |name: &&str| by_name.get(&name.to_lowercase());
        names.iter().filter_map(family).filter_map(|family| nearest(family, weight)).collect()
    };
    let named = |names| best(names, Weight::NORMAL);
    let general = named(&wanted::GENERAL);
    let rare = named(&wanted::RARE);
    let mut read = Reader { files: HashMap::new() };
    let mut fonts = Fonts::default();
    for (face, list) in Face::ALL.into_iter().zip(&mut fonts.faces) {
        let own = best(wanted::names(face), if face == Face::Title { Weight::BOLD } else { Weight::NORMAL });
        // A font of another kind is legible; a page of boxes is not.
        let chain = own.iter().take(1).chain(&general).chain(own.iter().skip(1)).chain(&rare);
        for font in chain {
            if list.len() > SPARE {
                break;
            }
            if let Some(font) = read.font(font)
                && !list.iter().any(|held| held.name == font.name)
                && (!list.is_empty() || font.has('督'))
            {
                list.push(font);
            }
        }
        if list.is_empty() {
            return Err(NoFont);
        }
    }
    Ok(fonts)
}

fn nearest<'a>(family: &[&'a FaceInfo], weight: Weight) -> Option<&'a FaceInfo> {
    family.iter().copied().min_by_key(|font| weight_of(font).abs_diff(weight.0))
}

/// A font's weight; some that are bold by their name say in their tables that they are not.
fn weight_of(font: &FaceInfo) -> u16 {
    let bold = font.post_script_name.ends_with("-Bold") && font.weight == Weight::NORMAL;
    if bold { Weight::BOLD.0 } else { font.weight.0 }
}

/// Reads each file once; the faces share its bytes.
struct Reader {
    files: HashMap<PathBuf, Option<Arc<Vec<u8>>>>,
}

impl Reader {
    fn font(&mut self, of: &FaceInfo) -> Option<Font> {
        let path: &Path = match &of.source {
            Source::File(path) | Source::SharedFile(path, _) => path,
            Source::Binary(_) => return None,
        };
        let held = self.files.entry(path.to_owned());
        let bytes = held.or_insert_with(|| std::fs::read(path).ok().map(Arc::new)).clone()?;
        let (name, _) = of.families.first()?;
        Some(Font { name: name.clone(), bytes, index: of.index })
    }
}

#[cfg(test)]
mod tests;
