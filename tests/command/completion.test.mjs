/** The completion scripts, in the shells that are there. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf, oim } from "./support.mjs";

const cwd = folderOf({ "body.json": "{}", "a file.json": "{}", "cases/one/payload.json": "{}" });
const there = (shell) => spawnSync(shell, ["--version"]).status === 0;
const script = (shell) => {
  const { stdout, status } = oim(["completion", shell]);
  assert.equal(status, 0);
  const file = join(cwd, `.oim.${shell}`);
  writeFileSync(file, stdout);
  return file;
};

/** `[words so far, some of what is offered, what is not]`. */
const CASES = [
  [["v"], ["validate"], ["process"]],
  [["validate", "--f"], ["--format"], ["--mode"]],
  [["validate", "--format", ""], ["text", "json", "sarif", "github"], ["body.json"]],
  [["validate", "b"], ["body.json"], ["cases"]],
  [["push", "--re"], ["--region"], ["--yes"]],
  [["pull", "--region", ""], ["us", "eu"], ["body.json"]],
  [["completion", ""], ["bash", "zsh", "fish"], ["body.json"]],
  [["test", "c"], ["cases"], ["body.json"]],
];

test("bash", { skip: !there("bash") && "bash is not here" }, () => {
  const file = script("bash");
  for (const [words, offered, not] of CASES) {
    const list = ["oim", ...words].map((word) => `'${word}'`).join(" ");
    const code = `source "${file}"; COMP_WORDS=(${list}); COMP_CWORD=${words.length}; _oim; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", code], { cwd, encoding: "utf8" });
    assert.equal(stderr, "");
    check(words, stdout.split("\n"), offered, not);
  }
  // A name with a space is one word, and --format=json is three to the shell.
  const more = `source "${file}"; COMP_WORDS=(oim validate a); COMP_CWORD=2; _oim; printf '<%s>' "\${COMPREPLY[@]}"; COMP_WORDS=(oim validate --format = j); COMP_CWORD=4; _oim; printf '<%s>' "\${COMPREPLY[@]}"`;
  assert.equal(spawnSync("bash", ["--norc", "-c", more], { cwd, encoding: "utf8" }).stdout, "<a file.json><json>");
});

test("zsh", { skip: !there("zsh") && "zsh is not here" }, () => {
  const file = script("zsh");
  for (const [words, offered, not] of CASES) {
    // What would be typed goes through a terminal, since zsh completes nowhere else.
    const code = `zmodload zsh/zpty
      zpty z zsh -f -i
      zpty -w z "PS1=; autoload -Uz compinit; compinit -u -D; source '${file}'; cd '${cwd}'; zstyle ':completion:*' list-prompt ''; LISTMAX=9999; setopt no_auto_menu; bindkey '^X' list-choices; echo READY"
      while zpty -r z line; do [[ $line == *READY* && $line != *echo* ]] && break; done
      zpty -n -w z "oim ${words.join(" ")}"$'\\C-x'
      sleep 1
      while zpty -r -t z part; do print -rn -- $part; sleep 0.1; done
      zpty -d z`;
    const { stdout } = spawnSync("zsh", ["-f", "-c", code], {
      cwd,
      encoding: "utf8",
      timeout: 60_000,
      env: { ...process.env, TERM: "dumb", COLUMNS: "200", LINES: "100" },
    });
    const found = stdout.replace(/\u001b\[[\d;?]*[a-zA-Z]/g, " ").split(/[\s\r]+/);
    check(words, found, offered, not);
  }
});

test("fish", { skip: !there("fish") && "fish is not here" }, () => {
  const file = script("fish");
  for (const [words, offered, not] of CASES) {
    const line = ["oim", ...words].join(" ");
    const code = `source "${file}"; complete -C "${line}"`;
    const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", code], {
      cwd,
      encoding: "utf8",
      env: { ...process.env, HOME: cwd },
    });
    assert.equal(stderr, "");
    check(
      words,
      stdout.split("\n").map((row) => row.split("\t")[0].replace(/\/$/, "")),
      offered,
      not,
    );
  }
});

function check(words, found, offered, not) {
  const list = found.map((word) => word.replace(/\/$/, ""));
  for (const word of offered) assert.ok(list.includes(word), `${words.join(" ")}: no ${word} in ${list.join(" ")}`);
  for (const word of not) assert.ok(!list.includes(word), `${words.join(" ")}: ${word} is offered`);
}
