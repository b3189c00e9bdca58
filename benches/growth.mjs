/**
 * What ten times the input costs, for all that the package and the page do with documents: nothing may grow with the
 * square of anything. Each job has the usual size of one of its dimensions, and what it does is to be linear in that.
 */
import { bodyFor, layouts } from "./by-hand.mjs";
import { median, race, ratios } from "./harness.mjs";
import { payloadOf } from "./payloads.mjs";

const USUAL = bodyFor(layouts.usual).config;
const list = (count, item) => Array.from({ length: count }, (_, i) => item(i));

/** A body; `change` is what its configuration has besides. */
const bodyWith = (change, sample = "") => JSON.stringify({ config: { ...USUAL, ...change }, sample_payload: sample });
const tags = (count) =>
  list(count, (i) => ({ name: `tag_${i}`, source: [`@alert.labels.label_${i}`], default_to: "none" }));
const statuses = (count) => ({
  ...USUAL.status,
  status_map: { critical: list(count, (i) => `state ${i}`), ok: ["resolved"] },
});
const sources = (count) => [
  { name: "many", source: list(count, (i) => `@alert.labels.label_${i}`), default_to: "none" },
];
/** An alert with so many labels. */
const wide = (count, at = 0) => ({
  status: "firing",
  startsAt: "2024-01-01T00:00:00Z",
  labels: {
    alertname: `Alert${at}`,
    instance: `host-${at}`,
    ...Object.fromEntries(list(count, (i) => [`label_${i}`, `value ${i}`])),
  },
  annotations: { description: "d", runbook_url: "r" },
});
const alertsOf = (alerts) => JSON.stringify({ alerts });
/** Alerts of which each has labels that no other has. */
const unlike = (count) =>
  alertsOf(
    list(count, (i) => ({ ...wide(0, i), labels: { instance: `host-${i}`, alertname: "A", [`own_${i}`]: "x" } })),
  );
const oneByOne = (count) => list(count, (i) => alertsOf([wide(2, i)]));

/** One dimension each: `few` is its usual size, `make` gives what `run` takes. */
export function growingJobs(engine, share) {
  const { compare, compile, fields, generate, importBody, simulate, suggest, targets, validate } = engine;
  const options = { receivedAt: 0 };
  const processing = (body, how = options) => {
    const { program } = compile(body);
    return (payload) => program.processToJson(payload, how);
  };
  const usual = bodyWith({});
  const flatten = bodyWith({ additional_attributes: [{ source: ["@alert.labels"], flatten: true }] });
  const renamed = bodyWith({ secondary_property: { name: "alert", source: ["@alert.labels.alertname"] } });
  const job = (name, of, few, make, run) => ({ name, of, few, make, run });
  const sequence = (payloads) => payloads.map((payload, i) => ({ payload, receivedAt: i * 1000 }));
  const sampled = (count) => bodyWith({}, JSON.parse(payloadOf(count)));
  const bodies = {
    tags: (count) => bodyWith({ additional_attributes: tags(count) }),
    sources: (count) => bodyWith({ additional_attributes: sources(count) }),
  };
  const code = (body) => targets().map(({ id }) => generate(body, { target: id, appKey: "key" }));
  const curl = (body) => `curl -X POST https://integrations.bigpanda.example/ -d '${body.replaceAll("'", `'\\''`)}'`;
  const state = (payload) => ({
    payload,
    config: usual,
    additional: "ignore",
    request: { target: "curl", region: "us", mode: "create", sampleAs: "object" },
    view: {},
  });
  return [
    job("processToJson", "alerts", 400, payloadOf, processing(usual)),
    job("processToJson", "labels of an alert", 1_000, (n) => alertsOf([wide(n)]), processing(usual)),
    job(
      "processToJson",
      "characters of a value",
      100_000,
      (n) => alertsOf([{ ...wide(1), annotations: { description: "\\n".repeat(n) } }]),
      processing(usual),
    ),
    job("processToJson", "alerts that are refused", 400, (n) => alertsOf(list(n, (i) => i)), processing(usual)),
    job("processToJson, with trace", "alerts", 100, payloadOf, processing(usual, { receivedAt: 0, trace: true })),
    job("processToJson, flatten", "labels of an alert", 1_000, (n) => alertsOf([wide(n)]), processing(flatten)),
    job(
      "processToJson, additional tags",
      "labels of an alert",
      1_000,
      (n) => alertsOf([wide(n)]),
      processing(usual, { receivedAt: 0, additionalTags: "map" }),
    ),
    job("compile", "tags", 100, bodies.tags, (body) => compile(body).program.free()),
    job("compile", "sources of a tag", 1_000, bodies.sources, (body) => compile(body).program.free()),
    job("validate", "tags", 100, bodies.tags, validate),
    job("validate", "sources of a tag", 100, bodies.sources, validate),
    job("validate", "values of a status", 100, (n) => bodyWith({ status: statuses(n) }), validate),
    job("validate", "alerts of the sample", 400, sampled, validate),
    job("validate", "labels of the sample", 1_000, (n) => bodyWith({}, { alerts: [wide(n)] }), validate),
    job("suggest", "alerts", 400, payloadOf, suggest),
    job("suggest", "labels of an alert", 100, (n) => alertsOf([wide(n)]), suggest),
    job("suggest", "alerts that are unlike", 100, unlike, suggest),
    job("fields", "alerts", 400, payloadOf, (payload) => fields(payload, { arraySource: "alerts" })),
    job(
      "fields",
      "labels of an alert",
      1_000,
      (n) => alertsOf([wide(n)]),
      (payload) => fields(payload, { arraySource: "alerts" }),
    ),
    job("fields", "alerts that are unlike", 400, unlike, (payload) => fields(payload, { arraySource: "alerts" })),
    job(
      "simulate",
      "payloads, each of another incident",
      1_000,
      (n) => sequence(oneByOne(n)),
      (steps) => simulate(usual, steps),
    ),
    job(
      "simulate",
      "payloads of one incident",
      1_000,
      (n) => sequence(list(n, (i) => alertsOf([{ ...wide(2), annotations: { description: `${i}` } }]))),
      (steps) => simulate(usual, steps),
    ),
    job(
      "simulate",
      "alerts of a payload",
      400,
      (n) => sequence([payloadOf(n), payloadOf(n, 2)]),
      (steps) => simulate(usual, steps),
    ),
    job("compare, all changes", "payloads", 1_000, oneByOne, (payloads) => compare(usual, renamed, payloads)),
    job("compare, nothing changes", "payloads", 1_000, oneByOne, (payloads) => compare(usual, usual, payloads)),
    job("compare, all changes", "alerts of a payload", 400, payloadOf, (payload) => compare(usual, renamed, [payload])),
    job(
      "compare, all changes",
      "tags",
      100,
      (n) => [
        bodies.tags(n),
        bodyWith({
          additional_attributes: tags(n)
            .reverse()
            .map((tag, i) => ({ ...tag, default_to: `${i}` })),
        }),
      ],
      ([a, b]) => compare(a, b, [alertsOf([wide(10)])]),
    ),
    job("generate, all targets", "alerts of the sample", 40, sampled, code),
    job("importBody, of curl", "alerts of the sample", 400, (n) => curl(sampled(n)), importBody),
    job("importBody, of JSON", "tags", 100, bodies.tags, importBody),
    job("share link, made", "alerts", 100, (n) => state(payloadOf(n)), share.toHash),
    job("share link, opened", "alerts", 100, (n) => share.toHash(state(payloadOf(n))), share.fromHash),
    job("share link, secrets found", "alerts", 100, payloadOf, share.findings),
    job("share link, names made up", "alerts", 100, payloadOf, (payload) => share.scrub(payload, usual)),
  ];
}

/** Measures the wanted jobs at their usual size and at ten times that. */
export async function measureGrowth({ engine, share, only, ...how }) {
  const rows = [];
  for (const { name, of, few, make, run } of growingJobs(engine, share)) {
    const job = `${name}, by ${of}`;
    if (!only.test(`growth: ${job}`)) continue;
    const [once, tenTimes] = [await make(few), await make(few * 10)];
    const slow = run(once) instanceof Promise;
    const candidates = [
      ["once", once],
      ["ten", tenTimes],
    ].map(([name, input]) => ({ name, slow, run: () => run(input) }));
    const times = await race(candidates, [null], { ...how, slowRounds: how.rounds });
    const [theirs, ours] = [times.get("once"), times.get("ten")];
    const count = (n) => n.toLocaleString("en");
    const what = `${count(few * 10)} ${of}`;
    rows.push({
      what,
      job: name,
      against: `${count(few)}`,
      theirs: median(theirs),
      ours: median(ours),
      ...ratios(theirs, ours),
      kind: "growth",
    });
  }
  return rows;
}
