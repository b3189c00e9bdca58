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
  "panels/form/uses.ts",
  "panels/form/uses.ts",
);
const {
  addItem,
  applied,
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
  usesOf,
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

test("wrong types hide nothing but themselves, and are told", () => {
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
  assert.match(model.tags[0].broken, /a text, not a rule/);
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

test("version 2 is named and what can be shown is shown", () => {
  const { model } = readModel(
    JSON.stringify({
      config: {
        version: "2.0",
        primary_property: [{ name: "host" }],
        additional_attributes: [{ name: "host", source: ["h"] }],
      },
    }),
  );
  assert.match(model.unshown[0], /version 2/);
  assert.equal(model.tags.at(-1).name, "host");
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
  for (const name of ["alertmanager", "nagios", "zabbix"]) {
    const text = readFileSync(new URL(`../../www/src/examples/${name}.json`, import.meta.url), "utf8");
    const { model } = readModel(text);
    assert.deepEqual(model.unshown, []);
    assert.equal(parse(text).fault, null);
    assert.equal(model.tags.length, JSON.parse(text).config.additional_attributes.length + 2);
  }
});
