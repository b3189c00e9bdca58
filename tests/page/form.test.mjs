/** What the form shows of a configuration, and what its acts do to the text. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { load } from "./load.mjs";

const page = await load(
  "json/edit.ts",
  "json/tree.ts",
  "panels/form/changes.ts",
  "panels/form/model.ts",
  "panels/form/counts.ts",
  "panels/form/uses.ts",
  "json/attributes.ts",
  "json/same.ts",
);
const {
  addItem,
  applied,
  chooseVersion,
  demote,
  edits,
  isTagName,
  mapValue,
  moveItem,
  newTag,
  parse,
  promote,
  proposeName,
  readModel,
  removeItem,
  renameTag,
  rolesOf,
  usesOf,
  usualIdentity,
  valuesAt,
} = page;

const CONFIG = {
  status: { source: ["state"], default_to: "unknown", status_map: { critical: ["down"], ok: ["up"] } },
  primary_property: { name: "host", source: ["node"], own: [1.0] },
  secondary_property: { name: "check", source: ["test"] },
  additional_attributes: [{ source: ["a.zone"] }, { name: "note", source: ["text", "info"], default_to: "none" }],
};
const BODY = JSON.stringify({ config: CONFIG, sample_payload: { node: "n" } }, null, 2);

/** The configuration after some acts, each of which gets the model and the text of the moment. */
function after(text, ...acts) {
  let now = text;
  for (const act of acts) {
    const { model } = readModel(now);
    now = applied(now, edits(now, model, act(model, now)));
  }
  const json = JSON.parse(now);
  return { text: now, config: json.config ?? json };
}

const tag = (model, name) => model.tags.find((one) => (one.name ?? one.source.items[0].text) === name);

test("a body is read with the places of its parts", () => {
  const { model } = readModel(BODY);
  assert.deepEqual(model.base, ["config"]);
  assert.deepEqual(
    model.tags.map(({ role, name, pointer }) => [role, name, pointer]),
    [
      ["primary", "host", "/config/primary_property"],
      ["secondary", "check", "/config/secondary_property"],
      ["additional", null, "/config/additional_attributes/0"],
      ["additional", "note", "/config/additional_attributes/1"],
    ],
  );
  assert.equal(page.tagName(model.tags[2]), "zone");
  assert.deepEqual(
    model.tags[3].source.items.map(({ text, pointer }) => [text, pointer]),
    [
      ["text", "/config/additional_attributes/1/source/0"],
      ["info", "/config/additional_attributes/1/source/1"],
    ],
  );
  assert.equal(model.tags[3].fallback, "none");
  assert.deepEqual(
    model.status.map.map(({ status, values }) => [status, values.items.map(({ text }) => text)]),
    [
      ["critical", ["down"]],
      ["ok", ["up"]],
    ],
  );
  assert.deepEqual(
    [model.isArray, model.identity, model.time.there, model.unshown, model.locked],
    [false, null, false, [], false],
  );
});

test("a bare configuration is read and edited where it is", () => {
  const { config, text } = after(JSON.stringify(CONFIG), (model) => [addItem(model.time.source, "when")]);
  assert.deepEqual(config.timestamp, { source: ["when"] });
  assert.equal(JSON.parse(text).config, undefined);
  assert.equal(readModel(text).model.tags[0].pointer, "/primary_property");
});

test("nothing yet is an empty form, and its first act makes a body", () => {
  for (const text of ["", " \n", "{}", '{"sample_payload": {}}']) {
    const { model } = readModel(text);
    assert.deepEqual([model.tags, model.unshown], [[], []]);
    const made = after(text, (now, body) => newTag(body, now, "host", "node", "primary"));
    assert.deepEqual(made.config, { primary_property: { name: "host", source: ["node"] } });
  }
});

test("broken text says where", () => {
  const { model, fault } = readModel('{\n  "config": {,}\n}');
  assert.equal(model, null);
  assert.deepEqual([fault.line, fault.column], [2, 14]);
});

test("wrong types hide nothing but themselves, and are reported", () => {
  const odd = {
    is_array: 1,
    status: 5,
    primary_property: "x",
    secondary_property: { name: 3, source: "node", default_to: 7, flatten: "no" },
    additional_attributes: [null, { source: [1, "a"] }],
    timestamp: [],
    incident_identifier: {},
  };
  const { model } = readModel(JSON.stringify({ config: odd }));
  assert.match(model.tags[0].broken, /a string, not a rule/);
  assert.deepEqual(
    [model.tags[1].name, model.tags[1].fallback, model.tags[1].flatten, model.tags[1].source.state],
    [null, "7", false, "text"],
  );
  assert.match(model.tags[2].broken, /null, not a rule/);
  assert.deepEqual(
    model.tags[3].source.items.map(({ text, odd }) => [text, odd]),
    [
      ["1", true],
      ["a", false],
    ],
  );
  assert.match(model.status.broken, /a number, not a rule/);
  assert.equal(model.unshown.length, 3);
  for (const text of ["[]", "5", '"x"', "null", '{"config": 5}', '{"config": []}']) {
    const { model: shown } = readModel(text);
    assert.notDeepEqual(shown.unshown, []);
    assert.equal(shown.locked, !text.startsWith("{"));
  }
});

const CONFIG_2 = {
  version: "2.0",
  status: CONFIG.status,
  primary_property: [{ name: "service", own: 1.0 }, { name: "host" }],
  additional_attributes: [{ name: "host", source: ["h"] }, { source: ["a.service"] }, { name: "check", source: ["c"] }],
  event_filter: 'env = "test"',
};
const BODY_2 = JSON.stringify({ config: CONFIG_2, sample_payload: {} }, null, 2);

test("version 2 is read with its properties, each with its place", () => {
  const { model } = readModel(BODY_2);
  assert.deepEqual([model.version, model.versionIsOpen, model.unshown], ["2", false, []]);
  const { primary, secondary } = model.properties;
  assert.deepEqual(
    primary.items.map(({ text, pointer }) => [text, pointer]),
    [
      ["service", "/config/primary_property/0/name"],
      ["host", "/config/primary_property/1/name"],
    ],
  );
  assert.deepEqual([secondary.state, secondary.items], ["missing", []]);
  assert.equal(model.filter.text, 'env = "test"');
  assert.deepEqual(
    model.tags.map((one) => [one.role, ...rolesOf(model, one)]),
    [["additional", "primary"], ["additional", "primary"], ["additional"]],
  );
  assert.deepEqual(
    [...usesOf(model)].map(([path, [use]]) => [path, use.kind]),
    [
      ["h", "primary"],
      ["a.service", "primary"],
      ["c", "tag"],
      ["state", "status"],
    ],
  );
});

test("the version is seen from what only one version has", () => {
  for (const [config, version, isOpen] of [
    [{}, null, true],
    [{ status: {} }, null, true],
    [{ version: "2.0" }, "2", true],
    [{ primary_property: {} }, "1", false],
    [{ primary_property: [] }, "2", false],
    [{ secondary_property: [] }, "2", false],
    [{ map_remaining: false }, "2", false],
    [{ additional_attributes: [{ isSuggestion: false }] }, "2", false],
    [{ additional_attributes: [{ source: ["a"] }] }, null, true],
  ]) {
    const { model } = readModel(JSON.stringify({ config }));
    assert.deepEqual(
      [model.version, model.versionIsOpen, model.unshown],
      [version, isOpen, []],
      JSON.stringify(config),
    );
  }
  const mixed = readModel(JSON.stringify({ config: { version: "2.0", primary_property: { source: ["a"] } } })).model;
  assert.equal(mixed.version, "1");
  assert.match(mixed.unshown[0], /something of version 1 and something of version 2/);
  const kept = readModel(JSON.stringify({ config: { ...CONFIG_2, preprocessing: [], is_default: true } })).model;
  assert.deepEqual(kept.unshown, ["`is_default`, `preprocessing`: only in the text, where it stays as it is."]);
});

test("an empty configuration gets the version that is chosen", () => {
  const chosen = after("{}", (model) => [chooseVersion(model, "2")]);
  assert.deepEqual(chosen.config, { version: "2.0" });
  assert.deepEqual(after(chosen.text, (model) => [chooseVersion(model, "1")]).config, {});
  const filled = after(chosen.text, (model, text) => newTag(text, model, "host", "node", "primary"));
  assert.deepEqual(filled.config, {
    version: "2.0",
    primary_property: [{ name: "host" }],
    additional_attributes: [{ name: "host", source: ["node"] }],
  });
});

test("tags of a property are added, moved and removed in version 2, and the rest stays", () => {
  const list = (role) => (model) => model.properties[role];
  const names = ({ config }, role) => config[`${role}_property`]?.map(({ name }) => name);
  const added = after(
    BODY_2,
    (model) => [addItem(list("secondary")(model), "check")],
    (model) => [addItem(list("secondary")(model), "host")],
  );
  assert.deepEqual(names(added, "secondary"), ["check", "host"]);
  const moved = after(added.text, (model) => [moveItem(list("primary")(model), 0, 1)]);
  assert.deepEqual(moved.config.primary_property, [{ name: "host" }, { name: "service", own: 1 }]);
  const removed = after(moved.text, (model) => [removeItem(list("primary")(model), 0)]);
  assert.deepEqual(names(removed, "primary"), ["service"]);
  assert.deepEqual(removed.config.additional_attributes, CONFIG_2.additional_attributes);
});

test("in version 2 a tag is promoted by its name, and a new name goes along", () => {
  const first = after(BODY_2, (model, text) => promote(text, model, tag(model, "host"), "primary"));
  assert.deepEqual(first.config.primary_property, [{ name: "host" }, { name: "service", own: 1 }]);
  const new1 = after(BODY_2, (model, text) => promote(text, model, tag(model, "check"), "secondary"));
  assert.deepEqual(new1.config.secondary_property, [{ name: "check" }]);
  assert.deepEqual(new1.config.additional_attributes, CONFIG_2.additional_attributes);
  const renamed = after(BODY_2, (model) => renameTag(model, tag(model, "host"), "node"));
  assert.deepEqual(renamed.config.primary_property[1], { name: "node" });
  assert.equal(renamed.config.additional_attributes[0].name, "node");
  // A tag that another rule makes too is still made.
  const twice = {
    ...CONFIG_2,
    additional_attributes: [...CONFIG_2.additional_attributes, { name: "host", source: ["x"] }],
  };
  const kept = after(JSON.stringify(twice), (model) => renameTag(model, tag(model, "host"), "node"));
  assert.deepEqual(kept.config.primary_property[1], { name: "host" });
  assert.deepEqual(usualIdentity(readModel(new1.text).model), ["service", "check"]);
});

test("no JSON ends in an exception", () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.constantFrom("", "config", "status", "primary_property", "additional_attributes"),
      (json, key) => {
        const text = key ? `{${JSON.stringify(key)}: ${json}}` : json;
        const { model } = readModel(text);
        usesOf(model);
        edits(text, model, [
          ...mapValue(model, "x", "ok"),
          addItem(model.status.source, "p"),
          ...newTag(text, model, "t", "p", "primary"),
        ]);
      },
    ),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.string(), (text) => void readModel(text)),
    { numRuns: 300 },
  );
});

test("a tag becomes the primary and changes places with it, with all that nobody knows", () => {
  const act = (model, body) => promote(body, model, tag(model, "note"), "primary");
  const { config, text } = after(BODY, act);
  assert.deepEqual(config.primary_property, CONFIG.additional_attributes[1]);
  assert.deepEqual(config.additional_attributes[1], CONFIG.primary_property);
  assert.equal(after(text, (model, body) => promote(body, model, tag(model, "host"), "primary")).text, BODY);
  const both = after(BODY, (model, body) => promote(body, model, tag(model, "check"), "primary")).config;
  assert.deepEqual([both.primary_property.name, both.secondary_property.name], ["check", "host"]);
});

test("a tag becomes the secondary where there is none, and stops being it", () => {
  const { config, text } = after(BODY, (model, body) => demote(body, model, tag(model, "check")));
  assert.equal(config.secondary_property, undefined);
  assert.deepEqual(config.additional_attributes[0], CONFIG.secondary_property);
  const again = after(text, (model, body) => promote(body, model, tag(model, "check"), "secondary"));
  assert.deepEqual(again.config, CONFIG);
  assert.deepEqual(Object.keys(again.config).slice(0, 3), ["status", "primary_property", "secondary_property"]);
});

test("a new primary tag keeps the old one among the others", () => {
  const { config } = after(BODY, (model, body) => newTag(body, model, "box", "machine", "primary"));
  assert.deepEqual(config.primary_property, { name: "box", source: ["machine"] });
  assert.deepEqual(config.additional_attributes[0], CONFIG.primary_property);
});

test("a value means one status", () => {
  const { config } = after(BODY, (model) => mapValue(model, "down", "warning"));
  assert.deepEqual(config.status.status_map, { warning: ["down"], critical: [], ok: ["up"] });
  assert.deepEqual(after(BODY, (model) => mapValue(model, "down", "critical")).text, BODY);
  assert.deepEqual(after("{}", (model) => mapValue(model, "down", "critical")).config, {
    status: { status_map: { critical: ["down"] } },
  });
});

test("a source that is written as one text becomes a list when another comes", () => {
  const one = JSON.stringify({ primary_property: { source: "node" } });
  const list = (model) => model.tags[0].source;
  assert.deepEqual(after(one, (model) => [addItem(list(model), "host")]).config.primary_property.source, [
    "node",
    "host",
  ]);
  assert.deepEqual(after(one, (model) => [addItem(list(model), "host", 0)]).config.primary_property.source, [
    "host",
    "node",
  ]);
  assert.equal(after(one, (model) => [removeItem(list(model), 0)]).config.primary_property.source, undefined);
  assert.equal(after(one, (model) => [moveItem(list(model), 0, 1)]).text, one);
});

test("proposed names are valid and free", () => {
  const names = {
    "@alert.labels.alertname": "alertname",
    HOSTNAME: "hostname",
    serviceDesc: "service_desc",
    "a.9lives!": "lives",
    severity: "alert_severity",
    "x.status": "alert_status",
    "": "tag",
    ü: "tag",
    "Activity Log": "activity_log",
    "kubernetes.io/name": "io_name",
  };
  for (const [path, name] of Object.entries(names)) assert.equal(proposeName(path, []), name);
  assert.equal(proposeName("a.host", ["host", "host_1", "host_3"]), "host_2");
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 90 }),
      fc.array(fc.constantFrom("a", "a_1", "tag", "tag_1")),
      (path, taken) => {
        const name = proposeName(path, taken);
        assert.ok(isTagName(name), name);
        assert.ok(!taken.includes(name));
        assert.ok(isTagName(proposeName(path, [name])));
      },
    ),
    { numRuns: 500 },
  );
});

test("the values of the status are those of all alerts", () => {
  const payload = JSON.stringify({
    mode: "x",
    data: { alerts: [{ s: "a", "l.s": "dotted" }, { s: ["b", 2, null] }, { s: "" }, 5] },
  });
  assert.deepEqual(valuesAt(payload, "data.alerts", ["@alert.s", "@alert.l.s", "mode", "none"]), [
    "a",
    "b",
    "2",
    "dotted",
    "x",
  ]);
  assert.deepEqual(valuesAt('[{"s": true}]', "", ["@alert.s"]), ["true"]);
  assert.deepEqual(valuesAt('{"s": {"t": "nested"}, "s.t": "dotted"}', null, ["s.t"]), ["nested"]);
  assert.deepEqual(valuesAt("{", null, ["s"]), []);
});

test("every example of the page is read whole", () => {
  for (const name of ["alertmanager", "nagios", "zabbix", "alertmanager-2", "azure-monitor-2", "zabbix-2"]) {
    const text = readFileSync(new URL(`../../www/src/examples/${name}.json`, import.meta.url), "utf8");
    const { model } = readModel(text);
    assert.deepEqual(model.unshown, []);
    assert.equal(parse(text).fault, null);
    assert.equal(model.version, name.endsWith("-2") ? "2" : "1");
    const outside = model.version === "2" ? 0 : 2;
    assert.equal(model.tags.length, JSON.parse(text).config.additional_attributes.length + outside);
  }
});

test("attributes and statuses are those of the schema", () => {
  assert.deepEqual(page.STATUSES, ["ok", "warning", "critical", "acknowledged", "unknown"]);
  assert.deepEqual(page.TAG_RULE, ["name", "source", "default_to", "flatten"]);
  assert.ok(page.VERSION_2_ONLY.includes("version") && page.VERSION_2_ONLY.includes("event_filter"));
  assert.ok(page.CONFIG.includes("status") && !page.VERSION_2_ONLY.includes("status"));
  assert.ok(page.TAG_RULE_2_ONLY.includes("isSuggestion"));
});

test("JSON is the same in another layout and order, not with other digits, items or keys", () => {
  const { isSameJson } = page;
  assert.equal(isSameJson('{"a": 1, "b": [true, null, "x"]}', '{\n"b":[true,null,"\\u0078"],"a":1}'), true);
  assert.equal(isSameJson('{"a": 2, "a": 1}', '{"a": 1}'), true, "the last of duplicate keys counts");
  for (const [one, other] of [
    ['{"a": 1}', '{"a": 1.0}'],
    ['{"a": 1}', '{"a": "1"}'],
    ['{"a": 1}', '{"a": 1, "b": 1}'],
    ["[1, 2]", "[2, 1]"],
    ["[1]", "[1, 1]"],
    ["{}", "[]"],
    ["null", "false"],
  ])
    assert.equal(isSameJson(one, other), false, `${one} ${other}`);
  assert.equal(isSameJson("{", "{}"), null);
});

test("an item is counted at its place while its text is the one that was counted", () => {
  const count = (count) => ({ count, payloads: [0] });
  const source = {
    kind: "source",
    text: "node",
    pointer: "/config/primary_property/source/0",
    outcomes: { used: count(2), missing: count(1), "over-limit": count(1) },
  };
  const receipt = { kind: "received-at", text: "", pointer: "", outcomes: { "received-at": count(3) } };
  const rules = [
    { outcomes: { used: count(2), missing: count(1), "over-limit": count(1) }, items: [source] },
    { outcomes: { "received-at": count(3) }, items: [receipt] },
    { outcomes: {}, items: [{ ...source, pointer: "/config/status/source/0" }] },
  ];
  const counts = new page.Counts({ coverage: { rules }, tags: [] });
  const { used, total, outcomes } = counts.at(source.pointer, "node");
  assert.deepEqual([used, total], [2, 3]);
  assert.deepEqual(
    outcomes.map(({ words, count }) => [words, count.count]),
    [
      ["used", 2],
      ["not there", 1],
      ["too long", 1],
    ],
  );
  assert.equal(counts.at(source.pointer, "other"), null, "the text was edited since");
  assert.equal(counts.at("/config/status/source/0", "node"), null, "no alert was looked at");
  assert.equal(counts.receivedAt().used, 3);
});
