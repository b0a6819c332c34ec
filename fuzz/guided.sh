#!/usr/bin/env bash
# Runs a target of src/fuzz.rs guided by coverage (libFuzzer), on stable Rust.
#
#   fuzz/guided.sh TARGET [SECONDS [OPTION…]]      60 seconds unless told; options are libFuzzer's (-help=1 lists them)
#
# What it finds is kept in target/fuzz/TARGET/found and used by the next run; the corpus of the target is in `seeds` beside it. An input that
# fails is kept as target/fuzz/TARGET/crash-… (timeout-…, oom-…): see src/fuzz.rs for how it is tried again. Needs a C++ compiler.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:?which target of src/fuzz.rs}
seconds=${2:-60}
host=$(rustc -vV | sed -n 's/^host: //p')

# Counters at the edges of all crates of the tree, comparisons reported; only for the target, so that build scripts have none of it.
flags=(--cfg duban_guided -Cpasses=sancov-module)
for option in level=4 inline-8bit-counters pc-table trace-compares; do flags+=("-Cllvm-args=-sanitizer-coverage-$option"); done
export RUSTFLAGS="${flags[*]}" CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/guided
# As fast as the program, but with what the tests notice; without what only makes it smaller.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=true CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS=true
export DUBAN_GUIDED=target/fuzz DUBAN_GUIDED_OPTIONS="-max_total_time=$seconds ${*:3}"
exec cargo test --locked --release --target "$host" --lib "fuzz_$target" -- --nocapture
