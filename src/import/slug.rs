//! The slug of a document: `quzhou-2024`, from the place of its issuer and the year.

use pinyin::ToPinyin;

use crate::model::DocumentId;

use super::vocabulary::PLACES;

/// The slug of the document of a place and year; from the file's name where the place is not known.
pub(super) fn slug(place: Option<&str>, file_name: &str, year: u16) -> Option<DocumentId> {
    let name = place.and_then(romanised).or_else(|| ascii(file_name)).unwrap_or_else(|| "document".to_owned());
    let name = name.strip_suffix(&format!("-{year}")).unwrap_or(&name);
    let short: String = name.chars().take(40).collect();
    DocumentId::new(&format!("{}-{year}", short.trim_matches('-'))).ok()
}

/// The place whose government an office belongs to: 衢州 of 衢州市人民政府办公室.
pub(super) fn place(issuer: &str) -> Option<&str> {
    let (area, _) = issuer.split_once("人民政府")?;
    let name = area.strip_suffix(['市', '县', '区', '省']).filter(|name| name.chars().count() > 1).unwrap_or(area);
    // A county of a city goes by its own name.
    let own = name.rsplit_once(['省', '市']).map_or(name, |(_, own)| own);
    (!own.is_empty()).then_some(own)
}

fn romanised(place: &str) -> Option<String> {
    if let Some((_, name)) = PLACES.iter().find(|(word, _)| *word == place) {
        return Some((*name).to_owned());
    }
    let letters: Option<String> =
        place.chars().map(|c| c.to_pinyin().map(|reading| reading.plain().replace('ü', "v"))).collect();
    letters.filter(|letters| !letters.is_empty())
}

fn ascii(file_name: &str) -> Option<String> {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).to_ascii_lowercase();
    let words: Vec<&str> = stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let name = words.join("-");
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(issuer: &str, file: &str) -> String {
        slug(place(issuer), file, 2024).unwrap().to_string()
    }

    #[test]
    fn a_place_and_a_year_or_else_the_name_of_the_file() {
        assert_eq!(of("衢州市人民政府办公室", "x.txt"), "quzhou-2024");
        assert_eq!(of("衢州市衢江区人民政府办公室", "x.txt"), "qujiang-2024");
        assert_eq!(of("重庆市人民政府", "x.txt"), "chongqing-2024");
        assert_eq!(of("", "Dong Shan_2024.TXT"), "dong-shan-2024");
        assert_eq!(of("", "通知.txt"), "document-2024");
        assert_eq!(of("", &"a".repeat(300)).len(), 45);
    }
}
