#!/usr/bin/env bash
# Shows that the suites can fail: in a copy of the tree one safeguard after the other is taken out (tests/faults/controls/*.patch),
# and the suite that guards it has to notice. The tree itself is not touched.
#
#   tests/faults/controls.sh [NAME…]      all of them, or some: sync checksum chain digest image settle ids drafts
#                                         sanitiser early lost reading upgrade clock other numbers; of fuzzing: bidi message line
#                                         limit; of guided fuzzing: view; of attacks: gate escapes lines outlet painter formulas markup markdown links
#                                         folders mask logins witness
#
# `sync` needs root and loop devices, `early` and `reading` strace, `clock` libfaketime, `view` a C++ compiler. Builds once from scratch
# into target/controls.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- -cf - | tar -xf - -C "$copy"
export CARGO_TARGET_DIR="$root/target/controls" RUST_BACKTRACE=0

# taken_out NAME PATCH "build" "test": without the safeguard the test fails.
taken_out() {
  local name=$1 patch=$2 build=$3 test=$4
  if [ ${#wanted[@]} -gt 0 ] && [[ ! " ${wanted[*]} " == *" $name "* ]]; then return; fi
  printf '%s: %s\n' "$name" "$(head -1 "tests/faults/controls/$patch.patch")"
  patch -s -p1 -d "$copy" <"tests/faults/controls/$patch.patch"
  # shellcheck disable=SC2086
  (cd "$copy" && $build) >"$copy/build.log" 2>&1 || { cat "$copy/build.log"; exit 1; }
  # shellcheck disable=SC2086
  if (cd "$copy" && timeout 900 $test) >"$copy/test.log" 2>&1; then
    printf '  NOT NOTICED by: %s\n' "$test"
    failed=1
  else
    printf '  noticed by: %s\n' "$test"
    { grep -A2 -m1 "panicked at" "$copy/test.log" || tail -3 "$copy/test.log"; } | cut -c1-200 | sed 's/^/    /'
  fi
  patch -s -R -p1 -d "$copy" <"tests/faults/controls/$patch.patch"
}

# control NAME "test arguments" [PATCH]
control() { taken_out "$1" "${3:-$1}" "cargo test -q --locked $2 --no-run" "cargo test -q --locked $2"; }

# guided NAME TARGET SECONDS: the same with fuzzing that is guided by coverage.
guided() { taken_out "$1" "$1" "fuzz/guided.sh $2 1 -help=1" "fuzz/guided.sh $2 $3"; }

wanted=("$@")
failed=0
control sync "--test faults powercut::"
control checksum "--test faults damage::a_bit"
control chain "--test faults damage::a_line"
control digest "--lib store::tests::damage::damage_that"
control image "--lib store::tests::image::every_flipped"
control settle "--lib store::tests::image::a_whole_image"
control ids "--test faults takeover::"
control drafts "--test pty hangup::"
control sanitiser "--lib store::tests::hostile"
control early "--test faults syscalls::a_fault"
control lost "--test faults folder::"
control reading "--test faults syscalls::where_reading"
control upgrade "--test faults released::"
control clock "--test pty clock::the_daily"
control other "--lib store::tests::host::a_guest_whose"
control numbers "--test pty noise::"
control bidi "--lib fuzz_sanitiser"
control message "--lib fuzz_message" sanitiser
control line "--lib fuzz_journal_line" checksum
control limit "--lib fuzz_frame"
guided view keys 300
# Text that acts, formulas and markup, files, restricted logins, a history written anew (docs/THREATS.md). The ones of formulas and markup need
# LibreOffice and Chromium.
control gate "--lib store::tests::fields::a_journal"
control escapes "--lib store::tests::fields::each_of"
control lines "--lib store::tests::fields::a_line_end"
control outlet "--lib cli::out"
control painter "--lib tui::paint"
control formulas "--test attacks formulas::no_cell"
control markup "--test attacks formulas::no_markup_of_a_text_acts_in_a_page"
control markdown "--test attacks formulas::no_markup_of_a_text_acts_in_markdown"
control links "--test attacks files::no_output"
control folders "--test attacks files::a_folder_that"
control mask "--test attacks files::everything"
control logins "--lib cli::login"
control witness "--test attacks guest::a_guest"
exit $failed
