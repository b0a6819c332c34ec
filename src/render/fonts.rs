//! The fonts of an official document, as bytes. Finding them is `output::fonts`.

use std::sync::Arc;

/// What a font is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// 小标宋: 发文机关标志 and titles.
    Title,
    /// 仿宋: the body.
    Body,
    /// 黑体: headings of the first level, heads of tables.
    Hei,
    /// 楷体: headings of the second level.
    Kai,
    /// 宋体: page numbers, tables.
    Song,
}

impl Face {
    /// All.
    pub const ALL: [Self; 5] = [Self::Title, Self::Body, Self::Hei, Self::Kai, Self::Song];

    /// The name that the standard's offices have for it: the one that DOCX asks for.
    pub const fn office_name(self) -> &'static str {
        match self {
            Self::Title => "方正小标宋简体",
            Self::Body => "仿宋_GB2312",
            Self::Hei => "黑体",
            Self::Kai => "楷体_GB2312",
            Self::Song => "宋体",
        }
    }
}

/// A font's file.
#[derive(Debug, Clone)]
pub struct Font {
    /// The family's name, as the file has it.
    pub name: String,
    /// The file.
    pub bytes: Arc<Vec<u8>>,
    /// Which font of the file, where it holds several (TTC).
    pub index: u32,
}

/// For each face the font that is used, and further ones that are asked for characters that it lacks.
#[derive(Debug, Clone, Default)]
pub struct Fonts {
    /// In the order of [`Face::ALL`]; the first of a list is the face's own.
    pub faces: [Vec<Font>; 5],
}

impl Font {
    /// Whether the font has the character; also `false` where the file cannot be read as a font.
    pub fn has(&self, c: char) -> bool {
        use skrifa::MetadataProvider;
        let font = skrifa::FontRef::from_index(&self.bytes, self.index);
        font.is_ok_and(|font| font.charmap().map(c).is_some_and(|glyph| glyph.to_u32() != 0))
    }
}

impl Fonts {
    /// Which font is used for which face: what the faces of the program say once.
    pub fn used(&self) -> impl Iterator<Item = (Face, &str)> {
        let own = Face::ALL.into_iter().zip(&self.faces);
        own.filter_map(|(face, fonts)| fonts.first().map(|font| (face, font.name.as_str())))
    }
}
