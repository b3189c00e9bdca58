//! Who may use whom, and how large a file may grow.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Each module of the crate and what it may use. Only modules above it: so there are no circles.
const MAY_USE: [(&str, &[&str]); 27] = [
    ("utf16", &[]),
    ("json", &[]),
    ("diagnostic", &["json"]),
    ("shell", &["json", "diagnostic"]),
    ("forms", &["json", "diagnostic", "shell"]),
    ("path", &["json", "diagnostic"]),
    ("time", &["diagnostic"]),
    ("filter", &["diagnostic"]),
    ("config", &["json", "diagnostic"]),
    ("compile", &["config", "path", "diagnostic", "json", "time", "filter"]),
    ("extract", &["json", "compile"]),
    ("evaluate", &["compile", "extract", "json", "diagnostic", "forms", "time", "filter"]),
    ("simulate", &["compile", "evaluate", "json", "diagnostic"]),
    ("compare", &["compile", "evaluate", "json", "diagnostic"]),
    ("coverage", &["compile", "evaluate", "diagnostic"]),
    ("lookup", &["json", "path"]),
    ("fields", &["json", "path", "lookup"]),
    ("sample", &["json", "diagnostic", "compile", "evaluate", "time"]),
    ("import", &["json", "diagnostic", "shell", "config"]),
    ("inspect", &["json", "diagnostic", "forms", "config", "import"]),
    (
        "validate",
        &["config", "compile", "evaluate", "path", "json", "diagnostic", "forms", "time", "extract", "fields"],
    ),
    ("suggest", &["json", "diagnostic", "forms", "path", "time", "config", "compile", "evaluate", "validate"]),
    ("migrate", &["json", "diagnostic", "config", "compile", "evaluate"]),
    ("schema", &["json", "diagnostic", "config", "compile", "validate"]),
    ("generate", &["json", "diagnostic"]),
    (
        "api",
        &[
            "json",
            "diagnostic",
            "path",
            "time",
            "config",
            "compile",
            "extract",
            "evaluate",
            "simulate",
            "compare",
            "coverage",
            "sample",
            "fields",
            "forms",
            "import",
            "inspect",
            "lookup",
            "migrate",
            "validate",
            "suggest",
            "generate",
        ],
    ),
    ("wasm", &["api", "utf16"]),
];

/// Crates that know JavaScript.
const BINDINGS: [&str; 5] = ["wasm_bindgen", "serde_wasm_bindgen", "js_sys", "web_sys", "console_error_panic_hook"];

/// Most lines of a file.
const LINES: usize = 400;

/// Files that may be longer, and why.
const LONGER: [(&str, &str); 2] = [
    ("src/diagnostic/registry.rs", "a table of all codes: it is looked up, not read, and only grows"),
    ("src/js/types.d.ts", "all that users of the package see, in one file that is published as it is"),
];

struct File {
    /// From the root, with slashes.
    path: String,
    text: String,
}

impl File {
    /// The module of the crate that the file belongs to.
    fn module(&self) -> &str {
        let path = self.path.trim_start_matches("src/");
        path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// Lines that are no comments, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn files(dir: &str, endings: &[&str]) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut open, mut found) = (vec![root.join(dir)], Vec::<PathBuf>::new());
    while let Some(dir) = open.pop() {
        let entries = fs::read_dir(&dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
        let (dirs, files): (Vec<_>, Vec<_>) =
            entries.map(|entry| entry.unwrap().path()).partition(|path| path.is_dir());
        open.extend(dirs);
        found.extend(files);
    }
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    let wanted = found.iter().filter(|path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)));
    let mut files: Vec<File> =
        wanted.map(|path| File { path: name(path), text: fs::read_to_string(path).unwrap() }).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!files.is_empty(), "nothing found in {dir}");
    files
}

fn report(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
}

/// The words that stand right behind `before` in a line.
fn words_after<'t>(line: &'t str, before: &'t str) -> impl Iterator<Item = &'t str> {
    line.split(before).skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn modules_use_only_those_below_them() {
    for (row, (module, uses)) in MAY_USE.iter().enumerate() {
        let above: Vec<_> = MAY_USE[..row].iter().map(|(module, _)| module).collect();
        assert!(uses.iter().all(|used| above.contains(&used)), "{module} uses what is not above it in the table");
    }
    let mut faults = Vec::new();
    for file in files("src", &[".rs"]).iter().filter(|file| file.path != "src/lib.rs") {
        let module = file.module();
        let Some((_, uses)) = MAY_USE.iter().find(|(known, _)| *known == module) else {
            faults.push(format!("{}: the module `{module}` is not in the table", file.path));
            continue;
        };
        for (number, line) in file.code() {
            for used in words_after(line, "crate::").filter(|used| *used != module && !uses.contains(used)) {
                // A group has no word behind `crate::`.
                let used = if used.is_empty() { "several modules in one `use`" } else { used };
                faults.push(format!("{}:{number}: {module} uses {used}", file.path));
            }
        }
    }
    report("modules use what they may not", &faults);
}

/// Each module and the modules that its lines use, as a table in Markdown.
fn module_table() -> String {
    let files = files("src", &[".rs"]);
    let mut table = String::from("\n| module | uses |\n|---|---|\n");
    for (module, _) in MAY_USE {
        let own = files.iter().filter(|file| file.path != "src/lib.rs" && file.module() == module);
        let used: BTreeSet<&str> =
            own.flat_map(|file| file.code().flat_map(|(_, line)| words_after(line, "crate::"))).collect();
        let known = MAY_USE.iter().map(|(name, _)| *name).filter(|name| *name != module && used.contains(name));
        let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
        table += &format!("| `{module}` | {} |\n", if known.is_empty() { "nothing".into() } else { known.join(", ") });
    }
    table + "\n"
}

/// `UPDATE_EXPECT=1` rewrites the table.
#[test]
fn the_documented_module_table_matches_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- modules -->\n").unwrap();
    let (documented, after) = rest.split_once("<!-- end -->").unwrap();
    let table = module_table();
    if env::var_os("UPDATE_EXPECT").is_some() && documented != table {
        fs::write(&path, format!("{before}<!-- modules -->\n{table}<!-- end -->{after}")).unwrap();
        return;
    }
    assert_eq!(documented, table, "UPDATE_EXPECT=1 cargo test --test it architecture rewrites docs/architecture.md");
}

#[test]
fn all_modules_are_in_the_table() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let declared =
        lib.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    let mut declared: Vec<&str> = declared.collect();
    let mut known: Vec<&str> = MAY_USE.iter().map(|(module, _)| *module).collect();
    declared.sort_unstable();
    known.sort_unstable();
    assert_eq!(declared, known);
}

#[test]
fn only_the_bindings_know_javascript() {
    let mut faults = Vec::new();
    for file in files("src", &[".rs"]).iter().filter(|file| file.module() != "wasm") {
        for (number, line) in file.code() {
            let found = BINDINGS.iter().filter(|name| line.contains(*name));
            faults.extend(found.map(|name| format!("{}:{number}: {name}", file.path)));
        }
    }
    report("these belong into src/wasm", &faults);
}

#[test]
fn only_the_worker_of_the_page_imports_the_engine() {
    // Declarations and data hold no code.
    let is_engine = |name: &str| {
        let path = name.split('?').next().unwrap_or_default();
        let built = path.starts_with('.') && (path.contains("/dist/") || path.contains("/src/js/"));
        let engine = built || path == "oim-config" || path.starts_with("oim-config/");
        engine && !path.ends_with(".d.ts") && !path.ends_with(".json")
    };
    let imports =
        |file: &File| file.code().any(|(_, line)| line.split(['"', '\'', '`']).skip(1).step_by(2).any(is_engine));
    let files = files("www/src", &[".ts"]);
    let importing: Vec<&str> = files.iter().filter(|file| imports(file)).map(|file| &*file.path).collect();
    assert_eq!(importing, ["www/src/engine/tally.ts", "www/src/worker.ts"]);
    // The tally is a part of the worker.
    let users = files.iter().filter(|file| file.code().any(|(_, line)| line.contains("engine/tally.ts")));
    assert_eq!(users.map(|file| &*file.path).collect::<Vec<_>>(), ["www/src/worker.ts"]);
}

#[test]
fn no_file_is_too_long_to_read() {
    let mut faults = Vec::new();
    let mut longer: Vec<&str> = LONGER.iter().map(|(path, _)| *path).collect();
    for file in files("src", &[".rs", ".ts"]).iter().chain(&files("www/src", &[".ts", ".css"])) {
        let lines = file.text.lines().count();
        if lines <= LINES {
            continue;
        }
        match longer.iter().position(|path| *path == file.path) {
            Some(known) => drop(longer.remove(known)),
            None => faults.push(format!("{}: {lines} lines", file.path)),
        }
    }
    faults.extend(longer.iter().map(|path| format!("{path}: not longer any more, so it leaves the list")));
    report("look for the seam beyond 400 lines", &faults);
}
