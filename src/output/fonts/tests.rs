use super::*;

#[test]
fn a_folder_without_fonts_is_an_error_that_names_packages() {
    let folder = tempfile::tempdir().unwrap();
    let none = find_in(&[folder.path().to_owned()]).unwrap_err();
    assert!(none.to_string().contains("fonts-noto-cjk"), "{none}");
    assert!(find_in(&[folder.path().join("missing")]).is_err());
}

#[test]
fn a_font_that_is_called_chinese_but_holds_no_chinese_is_none() {
    let latin = Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
    if !latin.exists() {
        eprintln!("skipped: {} is not installed", latin.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(latin, folder.path().join("a.ttf")).unwrap();
    assert_eq!(find_in(&[folder.path().to_owned()]).unwrap_err(), NoFont);
    std::fs::write(folder.path().join("b.ttf"), b"no font").unwrap();
    assert_eq!(find_in(&[folder.path().to_owned()]).unwrap_err(), NoFont);
}
