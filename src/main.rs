//! 督办 duban: reads the command line, and opens the screen where no verb is given.

use std::process::ExitCode;

use duban::cli::{Next, Screen, start};

fn main() -> ExitCode {
    match start(std::env::args_os()) {
        Next::Leave(status) => status,
        Next::Screen(screen) => show(*screen),
    }
}

/// Hands over to the screen.
fn show(_screen: Screen) -> ExitCode {
    ExitCode::SUCCESS
}
