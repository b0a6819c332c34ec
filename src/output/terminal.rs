//! What a terminal of a name can do. What it cannot is not sent to it.
//!
//! The names are those of terminfo; what is said of each is what its entry there says. Names that are not listed are terminals of our
//! time, which take after xterm.

use std::ffi::OsStr;

use encoding_rs::GBK;

/// What a terminal can do, beyond moving the cursor, erasing, and bold, underlined and reversed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an ability of its own")]
pub struct Ability {
    /// It has a second screen, so that what stood there before comes back.
    pub alternate: bool,
    /// It can be asked to bracket what is pasted.
    pub brackets: bool,
    /// It sends what is pasted as if it were typed.
    pub pastes_bare: bool,
    /// It shows a frame at once when asked to.
    pub synchronized: bool,
    /// It hides its cursor.
    pub hides_cursor: bool,
    /// It has a scroll region.
    pub scrolls: bool,
    /// It has at least eight colours.
    pub colors: bool,
    /// Its font has lines and marks beyond ASCII.
    pub marks: bool,
}

impl Ability {
    /// Everything: xterm and what takes after it.
    pub const FULL: Self = Self {
        alternate: true,
        brackets: true,
        pastes_bare: false,
        synchronized: true,
        hides_cursor: true,
        scrolls: true,
        colors: true,
        marks: true,
    };

    /// What a VT220 had.
    const VT220: Self =
        Self { alternate: false, brackets: false, pastes_bare: true, synchronized: false, colors: false, ..Self::FULL };

    /// What a VT100 had: it never hid its cursor.
    const VT100: Self = Self { hides_cursor: false, ..Self::VT220 };

    /// The console of Linux: colours, and a font of 512 characters.
    const LINUX: Self = Self { colors: true, marks: false, ..Self::VT220 };

    /// ANSI as on a PC: colours, no scroll region.
    const ANSI: Self = Self { colors: true, scrolls: false, ..Self::VT100 };

    /// GNU Screen, and tmux, which may call itself so and does bracket what is pasted when it is asked to.
    const SCREEN: Self = Self { pastes_bare: true, synchronized: false, ..Self::FULL };

    /// What the terminal called `term` can do (the variable `TERM`); `None`: no screen can be drawn on it. Where nothing is said of the
    /// terminal, the least is assumed.
    pub fn of(term: Option<&OsStr>) -> Option<Self> {
        let name = term.and_then(OsStr::to_str).unwrap_or_default();
        let mut parts = name.split(['-', '.', '+']);
        let family = parts.next().unwrap_or_default();
        let mono = parts.any(|part| matches!(part, "m" | "mono"));
        let ability = match family {
            // No addressing of the cursor, or by other sequences than ours.
            "dumb" | "unknown" | "network" | "dialup" | "vt52" | "adm3a" | "hp" | "ibm3151" | "tvi950" | "wy50"
            | "wy60" => {
                return None;
            }
            "" | "vt100" | "vt102" | "vt125" | "vt131" | "vt132" => Self::VT100,
            "vt200" | "vt220" | "vt240" | "vt300" | "vt320" | "vt340" | "vt400" | "vt420" | "vt510" | "vt520" => {
                Self::VT220
            }
            "linux" | "con80x25" | "fbterm" => Self::LINUX,
            "ansi" | "pcansi" | "cons25" => Self::ANSI,
            "cygwin" => Self { alternate: true, ..Self::ANSI },
            "sun" => Self { colors: false, ..Self::ANSI },
            "screen" => Self::SCREEN,
            _ => Self::FULL,
        };
        Some(Self { colors: ability.colors && !mono, ..ability })
    }
}

impl Ability {
    /// The same within tmux (the variable `TMUX` is there): what is pasted is bracketed.
    #[must_use]
    pub const fn within_tmux(self) -> Self {
        Self { pastes_bare: false, ..self }
    }
}

/// A sentence for a terminal that does not read UTF-8: in the encoding that Chinese terminals are set to otherwise.
pub fn in_gbk(text: &str) -> Vec<u8> {
    GBK.encode(text).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(term: &str) -> Option<Ability> {
        Ability::of(Some(OsStr::new(term)))
    }

    #[test]
    fn terminals_of_our_time_can_do_everything() {
        for term in ["xterm", "xterm-256color", "tmux-256color", "putty", "rxvt-unicode-256color", "alacritty"] {
            assert_eq!(of(term), Some(Ability::FULL), "{term}");
        }
    }

    #[test]
    fn old_ones_cannot() {
        let vt100 = of("vt100").unwrap();
        assert!(!vt100.alternate && !vt100.colors && !vt100.brackets && !vt100.hides_cursor && vt100.scrolls);
        assert_eq!(Ability::of(None), Some(vt100), "nothing is said of it");
        assert_eq!(of(""), Some(vt100));
        let console = of("linux").unwrap();
        assert!(console.colors && console.scrolls && !console.marks && !console.alternate);
        assert!(!of("ansi").unwrap().scrolls);
        assert!(!of("xterm-mono").unwrap().colors && !of("linux-m").unwrap().colors);
        assert_eq!(of("screen.xterm-256color"), Some(Ability::SCREEN));
        for term in ["dumb", "unknown", "vt52"] {
            assert_eq!(of(term), None, "{term}");
        }
    }

    /// What terminfo says of a terminal; `None`: it is not in its database here.
    fn terminfo(term: &str) -> Option<Vec<String>> {
        let said = std::process::Command::new("infocmp").args(["-1", term]).output().unwrap();
        let text = String::from_utf8(said.stdout).unwrap();
        let name = |line: &str| line.trim().split(['=', '#', ',']).next().unwrap_or_default().to_owned();
        said.status.success().then(|| text.lines().map(name).collect())
    }

    #[test]
    fn nothing_is_thought_of_a_terminal_that_terminfo_denies() {
        let mut compared = 0;
        for term in [
            "ansi",
            "cons25",
            "cygwin",
            "linux",
            "linux-m",
            "pcansi",
            "rxvt",
            "screen",
            "screen-256color",
            "sun",
            "tmux-256color",
            "vt100",
            "vt102",
            "vt220",
            "xterm",
            "xterm-256color",
            "putty",
            "vt320",
            "vt420",
        ] {
            let Some(known) = terminfo(term) else { continue };
            compared += 1;
            let able = of(term).unwrap();
            for (thought, name) in [
                (able.alternate, "smcup"),
                (able.hides_cursor, "civis"),
                (able.scrolls, "csr"),
                (able.scrolls, "ri"),
                (able.colors, "setaf"),
            ] {
                assert!(!thought || known.iter().any(|one| one == name), "{term}: {name}");
            }
            for name in ["el", "ed", "cup", "bold", "rev", "smul"] {
                assert!(known.iter().any(|one| one == name) || term == "sun" || name == "smul", "{term}: {name}");
            }
        }
        assert!(compared >= 8, "the database is nearly empty: {compared}");
        assert!(!terminfo("dumb").unwrap().iter().any(|name| name == "cup"));
    }

    #[test]
    fn a_sentence_can_be_read_on_a_chinese_terminal() {
        assert_eq!(in_gbk("中文A"), [0xd6, 0xd0, 0xce, 0xc4, b'A']);
    }
}
