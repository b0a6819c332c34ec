//! The units of `packaging/systemd`, judged by systemd's own programs: nothing in them is misspelt or unknown, and what the service could do if
//! somebody took it over stays little.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The most that a unit may expose, in tenths, as `systemd-analyze security` counts it: 96 for one that says nothing, 11 for ours.
const EXPOSURE: &str = "15";

/// The units with the program where it is here; `None` where there is no systemd: said.
fn units(folder: &Path) -> Option<Vec<PathBuf>> {
    if Command::new("systemd-analyze").arg("--version").output().is_err() {
        assert!(std::env::var_os("DUBAN_NEED_PROGRAMS").is_none(), "systemd-analyze is needed");
        println!("not done: there is no systemd-analyze");
        return None;
    }
    let shipped = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/systemd")).unwrap();
    let units = shipped.map(|entry| {
        let entry = entry.unwrap();
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let unit = folder.join(entry.file_name());
        std::fs::write(&unit, text.replace("/usr/bin/duban", env!("CARGO_BIN_EXE_duban"))).unwrap();
        unit
    });
    Some(units.collect())
}

#[test]
fn the_units_are_what_systemd_understands() {
    let folder = tempfile::tempdir().unwrap();
    let Some(units) = units(folder.path()) else { return };
    assert_eq!(units.len(), 4);
    let output = Command::new("systemd-analyze").args(["verify", "--man=no"]).args(&units).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    // It reads the units of the machine as well: what it says of those is not about ours.
    let ours: Vec<&str> = said.lines().filter(|line| line.contains("duban")).collect();
    assert!(output.status.success() && ours.is_empty(), "{said}");
}

#[test]
fn the_service_may_do_little_beside_its_work() {
    let folder = tempfile::tempdir().unwrap();
    let Some(units) = units(folder.path()) else { return };
    for unit in units.iter().filter(|unit| unit.extension().is_some_and(|ending| ending == "service")) {
        let output = Command::new("systemd-analyze")
            .args(["security", "--offline=true", "--no-pager", "--threshold", EXPOSURE])
            .arg(unit)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}
