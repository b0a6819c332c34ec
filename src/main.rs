//! 督办 duban: reads the command line, and opens the screen where no verb is given.

use std::process::ExitCode;

use duban::cli::{Next, Screen, no_screen, not_utf8, notice, start};
use duban::tui::ScreenError;
use duban::tui::glyph::Glyphs;
use duban::tui::state::Setup;

fn main() -> ExitCode {
    duban::tui::give_back_on_panic();
    match start(std::env::args_os()) {
        Next::Leave(status) => status,
        Next::Screen(screen) => show(&screen),
    }
}

/// Hands over to the screen. What it starts with is kept until it ends: a throw-away ledger goes last.
fn show(screen: &Screen) -> ExitCode {
    let setup = Setup {
        actor: screen.actor.clone(),
        owner: screen.owner,
        lang: screen.lang,
        glyphs: if screen.ascii { Glyphs::ASCII } else { Glyphs::UNICODE },
        color: screen.color,
        document: screen.document.clone(),
        restricted: screen.restricted,
        read_only: screen.read_only,
        today: screen.today,
        library: screen.library.clone(),
        data: screen.data.clone(),
        notices: screen.notices.clone(),
        greeting: screen.made.clone(),
    };
    match duban::tui::run(screen.store.clone(), screen.company.clone(), setup, notice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(ScreenError::NotUtf8) => not_utf8(screen.lang),
        Err(error) => no_screen(screen.lang, &error),
    }
}
