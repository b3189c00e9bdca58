//! Files that are made from what the crate knows: the codes and the schema for the package, and the pages of the codes.
//!
//! They are committed so that the package and readers need no Rust. `UPDATE_EXPECT=1 cargo test --test it texts` rewrites
//! them; here they are held equal.

use crate::support::code_pages;
use oim_config::{Version, codes, schema};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Every file of these folders is made here.
const FOLDERS: [&str; 2] = ["src/js/data", "docs/codes"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Path and text of each file.
fn made() -> BTreeMap<String, String> {
    let codes = serde_json::to_string_pretty(codes()).unwrap() + "\n";
    let mut files = BTreeMap::from([
        ("src/js/data/codes.json".to_owned(), codes),
        ("src/js/data/config.v1.schema.json".to_owned(), schema(Version::V1)),
        ("src/js/data/config.v2.schema.json".to_owned(), schema(Version::V2)),
    ]);
    for (name, text) in code_pages::all(&root().join("tests/validate")) {
        files.insert(format!("docs/codes/{name}"), text);
    }
    files
}

fn found() -> Vec<String> {
    let names = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(root().join(folder)).map(|entries| entries.collect::<Vec<_>>()).unwrap_or_default();
        entries.into_iter().map(|e| format!("{folder}/{}", e.unwrap().file_name().to_string_lossy())).collect()
    };
    FOLDERS.iter().flat_map(|folder| names(folder)).collect()
}

#[test]
fn the_files_say_what_the_crate_knows() {
    let made = made();
    let stale: Vec<String> = found().into_iter().filter(|path| !made.contains_key(path)).collect();
    let differing = made.iter().filter(|(path, text)| {
        let there = fs::read_to_string(root().join(path)).unwrap_or_default();
        // A checkout on Windows may have other line ends.
        there.replace("\r\n", "\n") != **text
    });
    let differing: Vec<_> = differing.collect();
    if env::var_os("UPDATE_EXPECT").is_some() {
        for (path, text) in differing {
            let path = root().join(path);
            fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).unwrap();
            fs::write(path, text).unwrap();
        }
        stale.iter().for_each(|path| fs::remove_file(root().join(path)).unwrap());
        return;
    }
    let differing: Vec<&String> = differing.into_iter().map(|(path, _)| path).collect();
    assert!(stale.is_empty() && differing.is_empty(), "to be rewritten: {differing:?}; to be removed: {stale:?}");
}

#[test]
fn every_code_is_in_one_group_of_the_index() {
    let listed: Vec<&str> = code_pages::GROUPS.iter().flat_map(|(_, codes)| codes.iter().copied()).collect();
    let known: Vec<&str> = codes().iter().map(|info| info.code).collect();
    let sorted = |mut codes: Vec<&'static str>| {
        codes.sort_unstable();
        codes
    };
    assert_eq!(sorted(listed), sorted(known));
}
