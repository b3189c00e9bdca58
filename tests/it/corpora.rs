//! The inputs that fuzzing found worth keeping go through the checks of their targets.
//!
//! `fuzz/README.md` shows how to look for more.

use crate::support::checks::{CHECKS, check_generated_case};
use std::path::Path;
use std::{env, fs, thread};

#[test]
fn kept_inputs_are_fine() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, check) in CHECKS {
        let mut files: Vec<_> = fs::read_dir(root.join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(files.len() > 4, "{name} has {} inputs", files.len());
        for file in files {
            let data = fs::read(&file).unwrap();
            check(&data).unwrap_or_else(|fault| panic!("{}: {fault}", file.display()));
        }
    }
}

/// Numbers that only look random, so that a failure can be seen again.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let a = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let b = (a ^ a >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        b ^ b >> 31
    }
}

/// Random configurations and payloads, as many as `ORACLE_CASES` says, the first with the number `ORACLE_FIRST`. In CI
/// they are a hundred thousand, which takes about a minute.
#[test]
fn the_rules_say_the_same_twice() {
    const PAYLOADS: usize = 4;
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let usual = if env::var_os("CI").is_some() { 100_000 } else { 5_000 };
    let cases = number("ORACLE_CASES").unwrap_or(usual).div_ceil(PAYLOADS as u64);
    let first = number("ORACLE_FIRST").unwrap_or(0);
    let threads = thread::available_parallelism().map_or(2, |n| n.get() as u64);
    thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                for case in (first + thread..first + cases).step_by(threads as usize) {
                    let mut source = Numbers(case);
                    let length = 150 + source.next() % 900;
                    let numbers: Vec<u16> = (0..length).map(|_| source.next() as u16).collect();
                    check_generated_case(&numbers, PAYLOADS)
                        .unwrap_or_else(|fault| panic!("ORACLE_FIRST={case}: {fault}"));
                }
            });
        }
    });
}
