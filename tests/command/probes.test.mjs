/** The probes of `oim verify`: each shows its rule, and docs/semantics.md and docs/verify.md name the same ones. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { processPayload, validate } from "../../dist/node.mjs";
import { folderOf, oim } from "./support.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (path) => readFileSync(join(ROOT, path), "utf8");

/** The modules by themselves: the command has them inside. */
const { outputFiles } = await build({
  stdin: {
    contents: 'export * from "./groups.js"; export * from "./probes.js";',
    resolveDir: join(ROOT, "src/js/cli/verify"),
  },
  bundle: true,
  format: "esm",
  write: false,
});
const { GROUPS, PROBES, UNPROBED } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
);

const plain = (text) => text.replaceAll("`", "");
const semantics = read("docs/semantics.md");
/** The rules that BigPanda does not document, with the link behind the mark. */
const rows = [...semantics.matchAll(/^\| (.*) \| ([^|]*\b(?:inferred|ours)\b[^|]*) \|$/gm)].map(([, rule, basis]) => ({
  rule: plain(rule),
  link: /\(\[(?:no )?probe\]\(verify\.md#([\w-]+)\)\)$/.exec(basis)?.[1],
}));

test("every rule that is inferred or ours has a probe, or a reason why not, and there are no others", () => {
  assert.ok(rows.length > 45);
  for (const { rule, link } of rows) assert.ok(link, `no link to a probe: ${rule}`);
  const probed = rows.filter(({ link }) => link.startsWith("probe-"));
  assert.deepEqual(
    probed.map(({ rule, link }) => [link.slice("probe-".length), rule]).sort(),
    PROBES.map(({ id, rule }) => [id, rule]).sort(),
  );
  assert.deepEqual(
    rows
      .filter(({ link }) => link === "rules-without-a-probe")
      .map(({ rule }) => rule)
      .sort(),
    UNPROBED.map(({ rule }) => rule).sort(),
  );
});

test("docs/verify.md lists them", () => {
  const page = read("docs/verify.md");
  const cell = (text) => text.replaceAll("|", "\\|");
  const probes = PROBES.map(
    ({ id, rule, group }) => `| <a id="probe-${id}"></a>\`${id}\` | \`${group}\` | ${cell(rule)} |`,
  );
  const unprobed = UNPROBED.map(({ rule, reason }) => `| ${cell(rule)} | ${reason} |`);
  const tables = {
    probes: ["| probe | folder | rule |", "|---|---|---|", ...probes],
    unprobed: ["| rule | why there is no probe |", "|---|---|", ...unprobed],
  };
  const expected = Object.entries(tables).reduce(
    (text, [name, lines]) =>
      text.replace(
        new RegExp(`(<!-- ${name}: .* -->\n)[^]*?(<!-- end -->)`),
        (_, start, end) => `${start}\n${lines.join("\n")}\n\n${end}`,
      ),
    page,
  );
  if (process.env.UPDATE_EXPECT) writeFileSync(join(ROOT, "docs/verify.md"), expected);
  else assert.equal(page, expected);
});

test("the sections and rules that a report names are there", () => {
  const anchors = [...semantics.matchAll(/^## (.*)$/gm)].map(([, title]) => title.toLowerCase().replaceAll(" ", "-"));
  const source = read("src/js/cli/verify/difference.ts");
  const [, sections] = /type Section =([^;]*);/.exec(source);
  for (const [, section] of sections.matchAll(/"([\w-]+)"/g)) assert.ok(anchors.includes(section), section);
  const named = [...source.matchAll(/"([a-z]+(?:-[a-z]+)+)"/g)].map(([, word]) => word);
  const known = new Set([...PROBES.map(({ id }) => id), ...anchors, "tag-name", "received-at"]);
  for (const word of named) assert.ok(known.has(word), word);
  assert.ok(named.filter((word) => PROBES.some(({ id }) => id === word)).length > 15);
});

test("the configurations are valid, and each has a probe", () => {
  for (const [name, body] of Object.entries(GROUPS)) {
    const { diagnostics } = validate(JSON.stringify(body));
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === "error"),
      [],
      name,
    );
    assert.ok(
      PROBES.some(({ group }) => group === name),
      name,
    );
  }
});

for (const { id, group, payloads, shows } of PROBES) {
  test(`the engine does what the rule says: ${id}`, () => {
    assert.equal(payloads.length, shows.length);
    for (const [at, payload] of payloads.entries()) {
      const options = group === "additional-tags" ? { additionalTags: "map" } : {};
      const { alerts, diagnostics } = processPayload(JSON.stringify(GROUPS[group]), payload, options);
      assert.deepEqual(
        diagnostics.filter(({ severity }) => severity === "error"),
        [],
      );
      assert.equal(alerts.length, shows[at].length);
      for (const [number, { tags = {}, ...rest }] of shows[at].entries()) {
        const alert = alerts[number];
        assert.equal(alert.tags.oim_probe, id);
        assert.ok(Object.keys(tags).length + Object.keys(rest).length > 0);
        for (const [name, value] of Object.entries(rest)) assert.deepEqual(alert[name], value, name);
        for (const [name, value] of Object.entries(tags)) assert.deepEqual(alert.tags[name] ?? null, value, name);
      }
    }
  });
}

test("they are printed or written, and no file is overwritten", () => {
  const printed = JSON.parse(oim(["verify", "--probe"]).stdout);
  assert.deepEqual(
    printed.map(({ group }) => group),
    Object.keys(GROUPS),
  );
  const cwd = folderOf();
  const run = () => oim(["verify", "--probe", "--out", "out"], { cwd });
  assert.match(
    run().stderr,
    /^\d+ payloads of \d+ rules, for \d+ configurations, written to out; use an integration made for tests\n$/,
  );
  for (const { group, body, probes } of printed) {
    const folder = join(cwd, "out", group);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, "body.json"), "utf8")), body);
    const files = probes.flatMap(({ payloads }) => payloads);
    assert.deepEqual(readdirSync(join(folder, "payloads")).sort(), files.map(({ file }) => file).sort());
    for (const { file, text } of files) assert.equal(readFileSync(join(folder, "payloads", file), "utf8"), text);
    const rules = readFileSync(join(folder, "rules.txt"), "utf8");
    for (const { id, rule } of probes) assert.ok(rules.includes(`${id}: ${rule}\n`));
  }
  assert.equal(run().status, 2);
});

/** The verdicts over an answer of BigPanda in which `change` made something else of the engine's alerts. */
function verdicts(group, change) {
  const probes = PROBES.filter((probe) => probe.group === group);
  const texts = probes.flatMap(({ id, payloads }) => payloads.map((text, at) => [`${id}-${at}.json`, text]));
  const items = texts.flatMap(([, text]) =>
    processPayload(JSON.stringify(GROUPS[group]), text).alerts.map((alert) => ({
      alertData: JSON.stringify(change(alert)),
    })),
  );
  const cwd = folderOf({
    "body.json": GROUPS[group],
    "alerts.json": JSON.stringify(items),
    ...Object.fromEntries(texts.map(([name, text]) => [`in/${name}`, text])),
  });
  const { stdout } = oim(["verify", "body.json", "--payloads", "in", "--alerts", "alerts.json", "--format", "json"], {
    cwd,
  });
  return Object.fromEntries(JSON.parse(stdout).probes.map(({ id, verdict }) => [id, verdict]));
}

test("a rule is confirmed only by what shows it", () => {
  const all = verdicts("single", (alert) => alert);
  assert.deepEqual([...new Set(Object.values(all))], ["confirmed"]);
  const silent = verdicts("single", ({ tags }) => ({ tags }));
  for (const id of ["status-case", "time-forms", "identity-list"]) assert.equal(silent[id], "undecided", id);
  assert.equal(silent["path-case"], "confirmed");
  const added = verdicts("single", (alert) => ({ ...alert, tags: { ...alert.tags, integration: "x" } }));
  assert.equal(added["number-text"], "confirmed");
  const numbers = verdicts("single", (alert) => ({
    ...alert,
    tags: { ...alert.tags, ...(alert.tags.value === "true" && { value: true }) },
  }));
  assert.equal(numbers["boolean-text"], "undecided");
});

test("a rule is refuted by what shows something else", () => {
  const other = verdicts("single", (alert) => {
    const { value, nested, ...tags } = alert.tags;
    const changed = value === undefined ? tags : { ...tags, value: value === "1.10" ? "1.1" : value };
    return {
      ...alert,
      timestamp: alert.timestamp + 3600,
      status: alert.status === "warning" ? "critical" : alert.status,
      tags: changed,
    };
  });
  for (const id of ["number-text", "dotted-keys", "time-forms", "time-rounding", "status-case"])
    assert.equal(other[id], "refuted", id);
  for (const id of ["boolean-text", "status-list", "identity-list"]) assert.equal(other[id], "confirmed", id);
  const found = verdicts("single", (alert) =>
    alert.tags.oim_probe === "path-case" ? { ...alert, tags: { ...alert.tags, value: "other case" } } : alert,
  );
  assert.equal(found["path-case"], "refuted");
});

test("an alert that is not there decides nothing, nor does one that does not show the rule", () => {
  const gone = verdicts("array", (alert) => (alert.tags.oim_probe === "outer-path" ? { tags: {} } : alert));
  assert.deepEqual(gone, {
    "outer-path": "undecided",
    "element-not-object": "confirmed",
    "other-elements": "confirmed",
  });
  assert.deepEqual(
    verdicts("additional-tags", (alert) => alert),
    { "additional-tags": "undecided" },
  );
});
