/** How users write it. Compiled against the installed package, never run. */
import {
  codes,
  compare,
  compile,
  fields,
  generate,
  importBody,
  init,
  inspect,
  processPayload,
  schema,
} from "oim-config";
import { simulate, suggest, targets, validate, version } from "oim-config";
import type { Alert, CodeInfo, Diagnostic, Field, Generated, Imported, Processed } from "oim-config";
import type { AlertLifecycle, Change, Compared, CompareDiagnostic, LifecycleEvent, Simulated } from "oim-config";
import type { ProcessOptions, Reason, Suggested, Target } from "oim-config";
import type { Program, Step, Text, ValidateResult } from "oim-config";

const body: Text = { config: {} };
const result: ValidateResult = validate(body, { mode: "update", sampleCoverage: "lenient" });
const first: Diagnostic | undefined = result.diagnostics[0];
const code: string | undefined = first?.code;

const options: ProcessOptions = { receivedAt: new Date(), trace: true, additionalTags: "map" };
const processed: Processed = processPayload("{}", new Uint8Array(), options);
const alert: Alert = processed.alerts[0]!;
const status: "ok" | "warning" | "critical" | "acknowledged" | "unknown" = alert.status;
const secondary: string | null = alert.secondary_property;
const steps: Step[] | undefined = processed.trace?.[0]?.steps;

const compiled: { program: Program | null; diagnostics: Diagnostic[] } = compile("{}");
if (compiled.program !== null) {
  const bytes: Uint8Array = compiled.program.processToJson("{}", { receivedAt: 0 });
  compiled.program.process([], { receivedAt: "2026-01-31" });
  compiled.program.free();
  void bytes;
}
const list: Field[] = fields("{}", { arraySource: "alerts" });
const choices: Target[] = targets();
const generated: Generated = generate(body, { target: "curl", appKey: "0a1b", region: "eu", sampleAs: "text" });
const code2: string | undefined = generated.snippet?.code;
const ready: Promise<void> = init();
const text: string = version();
const imported: Imported = importBody("curl -d '{}'");
const found: object | null = imported.body;
const words: "body" | "config" | "curl" | null = imported.kind;
const seen: "json" | undefined = inspect("{}").format === "json" ? "json" : undefined;
void seen;
const suggested: Suggested = suggest("{}");
const because: Reason | undefined = suggested.reasons[0];
const sure: "high" | "medium" | "low" | undefined = because?.confidence;
const proposed: [object | null, string | null] = [suggested.body, suggested.text];
const others: string[] | undefined = because?.alternatives;
void [sure, proposed, others];
const known: CodeInfo[] = codes();
const basis: "documented" | "inferred" | "ours" | undefined = known[0]?.basis;
const keywords: object = schema();
void [code, status, secondary, steps, list, ready, text, found, words, basis, keywords];

const simulated: Simulated = simulate(body, [{ payload: "{}", receivedAt: new Date() }, { payload: {} }]);
const incident: AlertLifecycle | undefined = simulated.incidents[0];
const event: LifecycleEvent | undefined = simulated.events[0];
const again: number = simulated.counts.reopened;
const compared: Compared = compare(body, "{}", ["{}", {}], { receivedAt: 0, additionalTags: "map" });
const change: Change | undefined = compared.changes[0];
const side: CompareDiagnostic["configuration"] | undefined = compared.diagnostics[0]?.configuration;
void [incident?.resolvedAt, event?.previousStatus, again, change?.severity, side];

// @ts-expect-error each payload is in an object
simulate(body, ["{}"]);
// @ts-expect-error two bodies
compare(body, ["{}"]);
// @ts-expect-error text only
importBody({});
void [choices, code2];

// @ts-expect-error a number is no document
validate(5);
// @ts-expect-error a number is no payload
suggest(5);
// @ts-expect-error no such mode
validate("{}", { mode: "patch" });
// @ts-expect-error the app key is needed
generate("{}", { target: "curl" });
// @ts-expect-error misspelt
processPayload("{}", "{}", { recievedAt: 1 });
// @ts-expect-error objects go to process
compiled.program?.processToJson({});
// @ts-expect-error made by compile only
new (await import("oim-config")).Program();
