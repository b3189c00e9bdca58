/** The schema refuses what `validate` calls an error, as far as a schema can tell, and nothing else. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { schema, validate } from "../../dist/node.mjs";
import { BODY } from "./example.mjs";

/** What a schema can tell. The others need the sample, compare parts with each other, or are about the text. */
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
  "v2-config",
  "wrong-type",
]);
const TESTS = join(import.meta.dirname, "..");

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
const accepts = ajv.compile(schema());

/** Codes of the errors in a body, of those that a schema can tell, and whether it has any in either mode. */
function judged(text) {
  const results = ["create", "update"].map((mode) => validate(text, { mode }));
  const told = results[1].diagnostics
    .filter(({ severity, code }) => severity === "error" && EXPRESSIBLE.has(code))
    .filter(({ pointer }) => !pointer.startsWith("/sample_payload"))
    .map(({ code }) => code);
  return { told, fine: results.some(({ valid }) => valid) };
}

/** Why the schema and `validate` disagree about a body, if they do. */
function disagreement(body) {
  const { told, fine } = judged(JSON.stringify(body));
  const accepted = accepts(body);
  if (fine && !accepted) return `refused without reason: ${ajv.errorsText(accepts.errors)}`;
  if (told.length > 0 && accepted) return `accepted in spite of ${told}`;
  if (told.length === 0 && !accepted) return `refused for what is no such error: ${ajv.errorsText(accepts.errors)}`;
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

test("the schema is a schema", () => {
  assert.equal(ajv.validateSchema(schema()), true, ajv.errorsText(ajv.errors));
  assert.equal(schema().$schema, "https://json-schema.org/draft/2020-12/schema");
  for (const example of schema().examples) {
    assert.equal(accepts(example), true, ajv.errorsText(accepts.errors));
    assert.deepEqual(
      validate(example).diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
  }
  assert.equal(accepts(BODY), true);
});

test("fixtures are judged alike", () => {
  const bodies = fixtures();
  assert.ok(bodies.length > 100, `only ${bodies.length} found`);
  const differing = bodies.map(([path, body]) => [path, disagreement(body)]).filter(([, why]) => why !== undefined);
  assert.deepEqual(differing, []);
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
const rule = object({
  name: few(["a", "b"], NAMES),
  source: paths,
  default_to: fc.constantFrom("", "x"),
  flatten: fc.boolean(),
  souce: fc.constant(["a"]),
});
const v2 = few([undefined], ["version", "isSuggestion", "map_remaining", "event_filter"]);
const config = object(
  {
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
    primary_property: fc.oneof({ weight: 20, arbitrary: rule }, { weight: 1, arbitrary: fc.tuple(rule) }),
    secondary_property: rule,
    additional_attributes: fc.array(rule, { maxLength: 2 }),
    timestamp: object({ source: paths, format: fc.constantFrom("iso8601", "nonsense") }, ["source"]),
    incident_identifier: fc.array(fc.constantFrom("a", "A B"), { maxLength: 2 }),
    bp_timestamp: object({ is_selected: fc.boolean() }),
    force_lowercase: fc.boolean(),
    more: fc.constant(1),
  },
  ["status", "primary_property"],
);
const bodies = fc
  .record({ config: mostly(config), sample: few(["", {}, { a: 1 }], [undefined]), v2, inItem: fc.boolean() })
  .map(({ v2: name, inItem, sample, config }) => {
    const body = sample === undefined ? { config } : { config, sample_payload: sample };
    const items = body.config?.additional_attributes;
    const place = inItem && Array.isArray(items) ? items[0] : body.config;
    if (name !== undefined && typeof place === "object" && place !== null && !Array.isArray(place)) place[name] = 1;
    return body;
  });

test("random bodies are judged alike", () => {
  const seen = new Set();
  let fine = 0;
  fc.assert(
    fc.property(bodies, (body) => {
      const { told } = judged(JSON.stringify(body));
      told.forEach((code) => seen.add(code));
      fine += told.length === 0;
      assert.equal(disagreement(body), undefined);
    }),
    { numRuns: 5_000 },
  );
  assert.deepEqual([...seen].sort(), [...EXPRESSIBLE]);
  assert.ok(fine > 500, `only ${fine} of them were fine`);
});
