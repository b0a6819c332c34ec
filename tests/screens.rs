use duban::catalog::Lang;
use duban::import;
use duban::model::*;
use duban::store::*;
use duban::tui::{Headless, Setup, glyph::Glyphs};
use std::sync::Arc;
#[test]
fn look() {
    let store = MemoryStore::new();
    let reading =
        import::read(import::seed::FILE_NAME, import::seed::TEXT.as_bytes(), Some(import::seed::CORRECTIONS)).unwrap();
    let at = chrono::DateTime::parse_from_rfc3339("2024-04-01T09:00:00+08:00").unwrap();
    let actor = Actor { uid: 1000, name: "li".into() };
    let mut batch = reading.batch(&store.snapshot().unwrap(), new_batch_id(), at).unwrap();
    store.commit(&actor, &batch).unwrap();
    let ledger = store.snapshot().unwrap();
    let writes = import::demo::progress(&Book::newest(&ledger).unwrap());
    if !writes.is_empty() {
        batch = Batch { id: new_batch_id(), at, intent: Intent::Demo, undoes: None, writes };
        store.commit(&actor, &batch).unwrap();
    }
    let dir = tempfile::tempdir().unwrap();
    let setup = Setup {
        actor,
        lang: Lang::Zh,
        glyphs: Glyphs::UNICODE,
        color: true,
        read_only: false,
        today: chrono::NaiveDate::from_ymd_opt(2024, 9, 30).unwrap(),
        data: dir.path().to_owned(),
        notices: vec![],
    };
    let size: Vec<u16> =
        std::env::var("SIZE").unwrap_or("80x24".into()).split('x').map(|n| n.parse().unwrap()).collect();
    let mut screen = Headless::new(Arc::new(store), setup, (size[0], size[1])).unwrap();
    for keys in std::env::var("KEYS").unwrap_or_default().split(' ') {
        screen.keys(keys).unwrap();
        screen.tell(duban::tui::update::Msg::Rest);
        let bytes = screen.bytes().len();
        println!("=== {keys} ({bytes} bytes)\n{}", screen.picture());
    }
}
