/** The schema refuses what `validate` calls an error, as far as a schema can see, and nothing else. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { schema, validate } from "../../dist/node.mjs";
import { BODY } from "./example.mjs";

/** What a schema can see. The others need the sample, compare parts with each other, or are about the text. */
const EXPRESSIBLE = new Set([
  "array-source-missing",
  "missing-attribute",
  "no-sources",
  "path-invalid",
  "sample-missing",
  "status-unknown",
  "tag-name-invalid",
  "tag-name-reserved",
  // An error only where it stands for a required one.
  "unknown-attribute",
  "version-mixed",
  "wrong-type",
]);
const TESTS = join(import.meta.dirname, "..");

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
const VERSIONS = ["1", "2"];
const ACCEPTS = Object.fromEntries(VERSIONS.map((version) => [version, ajv.compile(schema({ version }))]));

/** Codes of the errors in a body, of those that a schema can see, and whether it has any in either mode. */
function judged(text, version) {
  const results = ["create", "update"].map((mode) => validate(text, { mode, version }));
  const reported = results[1].diagnostics
    .filter(({ severity, code }) => severity === "error" && EXPRESSIBLE.has(code))
    // What is in the sample or in the text of a filter is nothing for a schema.
    .filter(
      ({ pointer, code }) =>
        !pointer.startsWith("/sample_payload") && !(code === "path-invalid" && /event_filter$/.test(pointer)),
    )
    .map(({ code }) => code);
  const tooDeep = results[1].diagnostics.some(({ code }) => code === "json-too-deep");
  return { reported, fine: results.some(({ valid }) => valid), tooDeep };
}

/** Why the schema and `validate` disagree about a body, if they do. */
function disagreement(body, version) {
  const accepts = ACCEPTS[version];
  const { reported, fine, tooDeep } = judged(JSON.stringify(body), version);
  // Of such a body nothing else is reported.
  if (tooDeep) return undefined;
  const accepted = accepts(body);
  if (fine && !accepted) return `refused without reason: ${ajv.errorsText(accepts.errors)}`;
  if (reported.length > 0 && accepted) return `accepted in spite of ${reported}`;
  if (reported.length === 0 && !accepted) return `refused for what is no such error: ${ajv.errorsText(accepts.errors)}`;
  return undefined;
}

/** All request bodies and configurations among the fixtures; a bare configuration gets a body around it. */
function fixtures() {
  const named = (file) => /^(config|body)\.json$/.test(file) || /^(in)?valid(-.*)?\.json$/.test(file);
  const texts = ["cases", "validate"]
    .map((folder) => join(TESTS, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true })
        .filter((path) => named(path.split(/[\\/]/).at(-1)))
        .map((path) => [path, readFileSync(join(folder, path), "utf8").replace(/^\ufeff/, "")]),
    );
  return texts.flatMap(([path, text]) => {
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      return [];
    }
    const bare = typeof body === "object" && body !== null && !("config" in body) && !("sample_payload" in body);
    return [[path, bare && !Array.isArray(body) ? { config: body, sample_payload: "" } : body]];
  });
}

test("the schema of each version is a schema", () => {
  for (const version of VERSIONS) {
    const accepts = ACCEPTS[version];
    const own = schema({ version });
    assert.equal(ajv.validateSchema(own), true, ajv.errorsText(ajv.errors));
    assert.equal(own.$schema, "https://json-schema.org/draft/2020-12/schema");
    assert.equal(own.$id, `urn:oim-config:schema:config.v${version}`);
    for (const example of own.examples) {
      assert.equal(accepts(example), true, ajv.errorsText(accepts.errors));
      assert.deepEqual(
        validate(example, { version }).diagnostics.filter(({ severity }) => severity === "error"),
        [],
      );
    }
    assert.equal(accepts(BODY), version === "1");
  }
  assert.deepEqual(schema(), schema({ version: "1" }));
  assert.throws(() => schema({ version: "3" }), /version/);
});

test("the schemas refuse what belongs to the other version", () => {
  const [first, second] = VERSIONS.map((version) => schema({ version }).examples[0]);
  assert.deepEqual([ACCEPTS[1](second), ACCEPTS[2](first)], [false, false]);
  for (const name of ["version", "map_remaining", "event_filter", "preprocessing", "is_default"]) {
    const mixed = { ...first, config: { ...first.config, [name]: second.config[name] ?? true } };
    assert.equal(ACCEPTS[1](mixed), false, name);
  }
});

test("fixtures are judged alike", () => {
  const bodies = fixtures();
  assert.ok(bodies.length > 100, `only ${bodies.length} found`);
  for (const version of VERSIONS) {
    const differing = bodies
      .map(([path, body]) => [path, disagreement(body, version)])
      .filter(([, why]) => why !== undefined);
    assert.deepEqual(differing, [], `version ${version}`);
    const accepted = bodies.filter(([, body]) => ACCEPTS[version](body)).length;
    assert.ok(accepted > 40, `version ${version}: only ${accepted} accepted`);
  }
});

const longPath = (segments) => Array(segments).fill("a").join(".");
const PATHS = [
  ...["a", "a.b", "@alert.a", "@alert", "@alert.", "@alert.*", "", ".a", "a.", "a..b"],
  ...["*", "$", "a.*", "$.a", "a*", "$a"],
  ...["a[0]", "a[]", "a[*]", 'a["b"]', "a['b", "a[0][1]", "a[b]", "a[0].b", "[0]", "a.b[12]", "é", "a b", "a\n"],
  ...[longPath(64), longPath(65), `@alert.${longPath(64)}`],
];
const NAMES = [
  ...["a", "a-b_1", "1a", "A", "a b", "_a", "-a", "é", "", "status", "severity", "source_system"],
  ...["a".repeat(64), "a".repeat(65)],
];
const STATUSES = ["ok", "warning", "critical", "acknowledged", "unknown", "OK", "", "down"];

const odd = fc.constantFrom(null, 5, true, "x", [], {}, [5], [null]);
/** Mostly what is meant, now and then anything. */
const mostly = (arbitrary) => fc.oneof({ weight: 80, arbitrary }, { weight: 1, arbitrary: odd });
/** Mostly one of the usual values, now and then one of the others. */
const few = (usual, others) =>
  fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const paths = fc.array(few(["a", "a.b"], PATHS), { maxLength: 3, size: "max" });
const object = (members, requiredKeys = []) => {
  const values = Object.entries(members).map(([key, value]) => [key, mostly(value)]);
  return fc.record(Object.fromEntries(values), { requiredKeys });
};
const lists = fc.array(fc.constantFrom("x", "y"), { maxLength: 2 });
const ofRule = {
  name: few(["a", "b"], NAMES),
  source: paths,
  default_to: fc.constantFrom("", "x"),
  flatten: fc.boolean(),
  souce: fc.constant(["a"]),
};
const rule = object(ofRule);
const suggested = object({
  ...ofRule,
  isSuggestion: fc.boolean(),
  isSourceAccepted: fc.boolean(),
  isDestinationAccepted: fc.boolean(),
  suggestedDestination: fc.constant("x"),
  suggestedSources: lists,
});
/** A tag that can be a property of version 2. */
const tag = object({ name: few(["a", "b"], NAMES), more: fc.constant(1) }, ["name"]);
const v2 = few([undefined], ["version", "isSuggestion", "map_remaining", "event_filter"]);
const both = {
  is_array: fc.boolean(),
  array_source: few(["a"], PATHS),
  status: object(
    {
      source: paths,
      default_to: few(["ok"], STATUSES),
      status_map: fc.dictionary(few(["ok"], STATUSES), mostly(lists), { maxKeys: 3 }),
    },
    ["source", "status_map"],
  ),
  timestamp: object({ source: paths, format: fc.constantFrom("iso8601", "nonsense") }, ["source"]),
  incident_identifier: fc.array(fc.constantFrom("a", "A B"), { maxLength: 2 }),
  bp_timestamp: object({ is_selected: fc.boolean() }),
  force_lowercase: fc.boolean(),
  more: fc.constant(1),
};
const configs = {
  1: object(
    {
      ...both,
      primary_property: fc.oneof({ weight: 20, arbitrary: rule }, { weight: 1, arbitrary: fc.tuple(rule) }),
      secondary_property: rule,
      additional_attributes: fc.array(rule, { maxLength: 2 }),
    },
    ["status", "primary_property"],
  ),
  2: object(
    {
      ...both,
      primary_property: fc.oneof(
        { weight: 20, arbitrary: fc.array(tag, { minLength: 1, maxLength: 2 }) },
        { weight: 1, arbitrary: rule },
      ),
      secondary_property: fc.array(tag, { maxLength: 2 }),
      additional_attributes: fc.array(suggested, { maxLength: 2 }),
      version: fc.constantFrom("2.0", "1"),
      map_remaining: fc.boolean(),
      map_remaining_flatten_arrays: fc.boolean(),
      map_remaining_flatten_array: fc.boolean(),
      event_filter: fc.constant("a = b"),
      is_default: fc.boolean(),
      preprocessing: fc.array(
        object({ id: fc.constant("f"), order: fc.nat(3), tags: lists, params: fc.constant({}), odd: fc.constant(1) }),
        { maxLength: 2 },
      ),
    },
    ["status", "primary_property"],
  ),
};
const bodies = (version) =>
  fc
    .record({
      config: mostly(configs[version]),
      sample: few(["", {}, { a: 1 }], [undefined]),
      v2,
      inItem: fc.boolean(),
    })
    .map(({ v2: name, inItem, sample, config }) => {
      const body = sample === undefined ? { config } : { config, sample_payload: sample };
      const items = body.config?.additional_attributes;
      const place = inItem && Array.isArray(items) ? items[0] : body.config;
      if (name !== undefined && typeof place === "object" && place !== null && !Array.isArray(place)) place[name] = 1;
      return body;
    });

for (const version of VERSIONS) {
  test(`random bodies of version ${version} are judged alike`, () => {
    const seen = new Set();
    let fine = 0;
    fc.assert(
      fc.property(bodies(version), (body) => {
        const { reported } = judged(JSON.stringify(body), version);
        reported.forEach((code) => seen.add(code));
        fine += reported.length === 0;
        assert.equal(disagreement(body, version), undefined);
      }),
      { numRuns: 5_000 },
    );
    assert.deepEqual([...seen].sort(), [...EXPRESSIBLE]);
    assert.ok(fine > 500, `only ${fine} of them were fine`);
  });
}
