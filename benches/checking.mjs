/** What checking a body costs: against Ajv with our JSON Schema, and against processing the payload that is its sample. */
import { createRequire } from "node:module";
import { body } from "./by-hand.mjs";
import { median, race, ratios } from "./harness.mjs";
import { RECEIVED_AT } from "./jobs.mjs";
import { payloadsOf } from "./payloads.mjs";

/** Rows for the table, for a kind of payload. */
export async function measureChecking(kind, { engine, only, ...how }) {
  if (kind.layout !== "usual" || !only.test(`${kind.name}: validate`)) return [];
  const { program } = engine.compile(JSON.stringify(body));
  const schema = ajv(engine.schema());
  const config = JSON.stringify(body.config);
  const inputs = payloadsOf(kind).map(({ bytes, text }) => ({
    bytes,
    whole: `{"config":${config},"sample_payload":${text}}`,
  }));
  // Ajv says whether the body has the schema's shape; only that is compared, and only that is asked of it.
  const reported = (whole) =>
    engine
      .validate(whole)
      .diagnostics.some(
        ({ severity, document, code }) => severity === "error" && document === "body" && !code.startsWith("sample-"),
      );
  const broken = `{"config":${config.replace('"source":', '"sauce":')},"sample_payload":{}}`;
  for (const [whole, good] of [
    [inputs[0].whole, true],
    [broken, false],
  ]) {
    if (reported(whole) === good || schema(whole) !== good)
      throw new Error(`validate and Ajv do not say the same of ${whole.slice(0, 200)}`);
  }
  const candidates = [
    { name: "validate", run: ({ whole }) => engine.validate(whole) },
    { name: "Ajv", run: ({ whole }) => schema(whole) },
    { name: "process", run: ({ bytes }) => program.processToJson(bytes, { receivedAt: RECEIVED_AT }) },
  ];
  const times = await race(candidates, inputs, how);
  const ours = times.get("validate");
  const row = (against, name) => ({
    what: kind.name,
    job: "validate, the payload as sample",
    against,
    theirs: median(times.get(name)),
    ours: median(ours),
  });
  return [
    { ...row("Ajv, shape only", "Ajv"), ...ratios(ours, times.get("Ajv")), kind: "faster" },
    { ...row("processToJson of the sample", "process"), ...ratios(times.get("process"), ours), kind: "as long" },
  ];
}

function ajv(schema) {
  const { default: Ajv } = createRequire(import.meta.url)("ajv/dist/2020.js");
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  return (text) => validate(JSON.parse(text));
}
