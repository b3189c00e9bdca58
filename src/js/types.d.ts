/// <reference lib="esnext.disposable" />

/** JSON text, its UTF-8 bytes, or a plain value. Only text has places, order, duplicate keys and exact numbers. */
export type Text = string | Uint8Array | object;

/** Epoch milliseconds, ISO 8601 text, or a `Date`. */
export type Time = number | string | Date;

/** How bad a diagnostic is. Only `error` makes a body invalid. */
export type Severity = "error" | "warning" | "info";

/** A BigPanda alert status. */
export type Status = "ok" | "warning" | "critical" | "acknowledged" | "unknown";

/** A half-open range of the text that was given, in UTF-16 code units. */
export interface Range {
  start: number;
  end: number;
}

/** A {@link Range} with the place of its start: line and column are one-based, the column counts UTF-16 code units. */
export interface PlacedRange extends Range {
  line: number;
  column: number;
}

/** A problem, its place and its fix. */
export interface Diagnostic {
  /** Stable, kebab-case. */
  code: string;
  severity: Severity;
  message: string;
  /** Why it matters and what to do. */
  help?: string;
  document: "body" | "payload";
  /** RFC 6901 pointer into the document. */
  pointer: string;
  /** Absent when an object was given instead of text. */
  range?: PlacedRange;
  /** One edit that mends the text. Offsets in UTF-16 code units. */
  suggestion?: { title: string; edits: { start: number; end: number; text: string }[] };
}

/** Options of {@link render}. */
export interface RenderOptions {
  /** The name of the document, such as that of its file. Default: `body` or `payload`. */
  name?: string;
  /** With colours, as escape sequences for a terminal. Default `false`. */
  colors?: boolean;
}

export interface ValidateOptions {
  /** `create` requires a sample that is not blank; `update` only the key. Default `create`. */
  mode?: "create" | "update";
  /** `lenient` turns a source path missing from the sample into a warning where the rule has another way to a value. Default `strict`. */
  sampleCoverage?: "strict" | "lenient";
  /** The version that the configuration is to be of. Default: found by its attributes. */
  version?: "1" | "2";
}

export interface ValidateResult {
  /** True when no diagnostic is an error. */
  valid: boolean;
  diagnostics: Diagnostic[];
}

/** What {@link validateWithPayloads} found. */
export interface ValidatedWithPayloads {
  /** True when no diagnostic is an error. */
  valid: boolean;
  /**
   * Those of the body, then for each payload what it adds: problems of rules that no earlier payload shows, and its own. A
   * diagnostic with a `payload` whose `document` is `body` is about a rule.
   */
  diagnostics: SimulationDiagnostic[];
}

export interface ProcessOptions {
  /** When the payload was received; stands in where no source gives a time. Default: now. */
  receivedAt?: Time;
  /** Explain every value. Default `false`. */
  trace?: boolean;
  /** `map` turns each field that no rule consumed into a tag. Default: as the configuration says; version 1 ignores them. */
  additionalTags?: "ignore" | "map";
}

export interface ProcessToJsonOptions extends ProcessOptions {
  /**
   * The form of the answer. `bytes`: UTF-8 that belongs to the caller. `view`: the same bytes in the engine's memory, not
   * copied, read-only and valid only until the next call of any function of the package; the fastest way if they are
   * written out at once. `text`: a string. Default `bytes`.
   */
  as?: "bytes" | "view" | "text";
}

/** A normalized alert. */
export interface Alert {
  /** Place in the payload's array; 0 for a single alert. */
  index: number;
  status: Status;
  /** Epoch seconds, rounded down. */
  timestamp: number;
  /** Name of the primary tag. */
  primary_property: string;
  /** Name of the secondary tag. */
  secondary_property: string | null;
  /** The identifying values. Two alerts are the same when these are equal. */
  incident_identifier: (string | string[])[];
  /** In rule order. Numbers keep every digit, as text. */
  tags: Record<string, string | string[]>;
}

/** An element of the payload that gives no alert. */
export interface Rejection {
  /** Place in the array, or `null` when it is the payload as a whole. */
  index: number | null;
  code: string;
  message: string;
  /** RFC 6901 pointer into the payload. */
  pointer: string;
}

/** Why an alert is what it is: every step of every rule, in order. */
export interface AlertTrace {
  index: number;
  steps: Step[];
}

/** One thing that a rule tried. */
export interface Step {
  kind: "tag" | "status" | "timestamp" | "identifier" | "filter";
  /** RFC 6901 pointer to the rule in the body, such as `/config/primary_property`; empty for additional tags. */
  rule: string;
  /** The tag that the step gives or would give. */
  tag?: string;
  /** The source path tried. */
  source?: string;
  /** RFC 6901 pointer to the source in the body. */
  sourcePointer?: string;
  /** RFC 6901 pointer to the value in the payload. */
  payloadPointer?: string;
  /** Range of the value in the payload's text. Absent when an object was given. */
  payloadRange?: Range;
  /** The value found, as text; a list as its JSON text. */
  value?: string;
  /** The items, where the value is a list. */
  values?: string[];
  /** What the alert got, where that is not the value itself: the status, or the time in epoch seconds. */
  result?: string;
  /** `matched` and `unknown`: of a comparison of the filter, in configurations of version 2. */
  outcome:
    | "used"
    | "missing"
    | "empty"
    | "unmatched"
    | "unreadable"
    | "shadowed"
    | "default"
    | "received-at"
    | "matched"
    | "unknown";
  /** More, in words. */
  detail?: string;
}

/** What became of a payload. */
export interface Processed {
  alerts: Alert[];
  rejected: Rejection[];
  diagnostics: Diagnostic[];
  /** Only when asked for. One for each alert and each rejected object, by `index`. */
  trace?: AlertTrace[];
  /** The configuration asks for something that is not simulated, which the diagnostics with the code `not-simulated` name: BigPanda may make other alerts. */
  partial?: true;
}

/** Which alerts are wanted of a {@link Preview}: `count` of them beginning with number `from`, or that of one element. */
export interface PartOptions {
  /** Alerts to pass over. Default 0. */
  from?: number;
  /** Most alerts to give. Default all. */
  count?: number;
  /** Only the alert, or at least the trace, of the element of this number in the payload's array. */
  index?: number;
}

/** What became of a part of a payload. */
export interface ProcessedPart extends Processed {
  /** How many alerts the payload gives in all. */
  alertCount: number;
  /** How many elements of it give none. */
  rejectedCount: number;
}

/** The answers to payloads in NDJSON. */
export interface ProcessedLines {
  /** A line of UTF-8 JSON, a {@link Processed}, for each line with a payload. */
  answers: Uint8Array;
  /** How many bytes were read. Fewer than there are when the answers became large: then call again with the rest. */
  consumed: number;
  /** How many lines were read, including blank ones. */
  lines: number;
  /** How many of them had a payload. */
  payloads: number;
  /** The answers with rejections or diagnostics: the number of the line, from 0, and the range of its answer in `answers`. */
  reported: { line: number; start: number; end: number }[];
}

/** A field of a payload. */
export interface Field {
  /** The source path that names it; elements of the array source begin with `@alert.`. */
  path: string;
  type: "string" | "number" | "boolean" | "null" | "array" | "object";
  /** The first populated value, as text, cut at 200 characters; empty when there is none. */
  example: string;
  /** In how many elements it occurs; 1 outside the array. */
  count: number;
  /** RFC 6901 pointer to its first occurrence. */
  pointer: string;
}

/** A value in a document, as {@link valueAt} and {@link valuesOf} find it. */
export interface FoundValue {
  /** RFC 6901 pointer to it. */
  pointer: string;
  /** The number of the alert that it is in; `null` outside the array. */
  index: number | null;
  /** The value as it is written. */
  json: string;
  /** Where it is. */
  range: PlacedRange;
}

/** What {@link importBody} found. All three are `null` when there is no body; the diagnostics then say why. */
export interface Imported {
  /**
   * The request body. As an object it has lost its duplicate keys, the exact digits of large numbers and the order of
   * keys that look like numbers.
   */
  body: object | null;
  /** The request body as JSON text, with every byte of the configuration as it was. */
  text: string | null;
  /** What the text turned out to be; `body` also for the answer of a retrieval. */
  kind: "body" | "config" | "curl" | null;
  /** What is wrong or doubtful. Ranges are places in the text that was given. */
  diagnostics: Diagnostic[];
}

/** What {@link inspect} finds out about a text. */
export interface Inspected {
  /**
   * How it is written. `ndjson`: JSON texts, one to a line; `concatenated`: one behind the other; `markdown`: a code block;
   * `template`: JSON with variables such as `{{host}}`; `nearly-json`: JSON with comments, with commas
   * before `}` and `]`, or with other quotes; `invalid-json`: it begins with `{` or `[` and has another mistake.
   */
  format:
    | "json"
    | "ndjson"
    | "concatenated"
    | "markdown"
    | "curl"
    | "form"
    | "python"
    | "javascript"
    | "template"
    | "nearly-json"
    | "invalid-json"
    | "empty"
    | "text";
  /**
   * What its JSON is, or the JSON that fixing it would give: of a curl command, the data that it sends. `null` for NDJSON, and
   * where there is no JSON. In other text only a body or a configuration is found; {@link importBody} gives it.
   */
  kind: "body" | "config" | "object" | "array" | "scalar" | null;
  /** The version of a body or a configuration; `null` where it mixes both. */
  version: "1" | "2" | null;
  /** Why it is not JSON, with the edits that make JSON of it where there are any. Empty for JSON. */
  diagnostics: Diagnostic[];
}

/** What {@link fix} made of a body. */
export interface Fixed {
  /** The text; as it was given where nothing was applied. */
  text: string;
  /**
   * The problems that were fixed. Those that showed only after others were fixed have no `range` and no edits, as these
   * would be places in a text in between.
   */
  applied: Diagnostic[];
  /** What is wrong with `text`, as {@link validate} reports it. */
  remaining: Diagnostic[];
}

/** Why something is in a body that {@link suggest} proposes. */
export interface Reason {
  /** RFC 6901 pointer into the body: what was chosen, such as `/config/primary_property`. */
  pointer: string;
  /** The path or the value that was chosen. */
  choice: string;
  /** Why: one sentence, without a full stop. */
  message: string;
  /** RFC 6901 pointer into the payload to the first value of that path. */
  payloadPointer?: string;
  /** `high`: the name or the values say so. `medium`: they may mean something else. `low`: there was nothing better. */
  confidence: "high" | "medium" | "low";
  /** Other paths that could have been chosen, best first. */
  alternatives?: string[];
}

/** Options of {@link suggest}. */
export interface SuggestOptions {
  /**
   * More payloads of the same tool, such as the recovery of a problem. They show which words the tool has and which
   * fields stay the same; the first payload becomes the sample.
   */
  others?: readonly Text[];
  /** The version of the configuration that is proposed. Default `1`. */
  version?: "1" | "2";
}

/** What {@link suggest} proposes. `body` and `text` are `null` when there is nothing to propose it for. */
export interface Suggested {
  /**
   * The request body with the payload as its sample. As an object it has lost duplicate keys, the exact digits of large
   * numbers and the order of keys that look like numbers.
   */
  body: object | null;
  /** The request body as JSON text, laid out with two spaces. Every value of the payload keeps its bytes. */
  text: string | null;
  /** One for each choice, in the order of the body. */
  reasons: Reason[];
  /** Why there is no body, or what is doubtful about the payload. */
  diagnostics: Diagnostic[];
}

/** Options of {@link migrate}. */
export interface MigrateOptions {
  /** `map` sets `map_remaining`, which makes tags of the fields that no rule names. Default `ignore`. */
  additionalTags?: "ignore" | "map";
  /** Payloads over which both configurations are compared, and the uses of dropped defaults are counted. */
  payloads?: readonly Text[];
}

/** What {@link migrate} makes of a body. `body` and `text` are `null` when the body cannot be understood. */
export interface Migrated {
  body: object | null;
  /** The body of version 2 as JSON text, laid out with two spaces. A body of version 2 stays as it is. */
  text: string | null;
  /** What does not carry over, or may be different. */
  notes: MigrationNote[];
  /**
   * How it is known that both bodies give the same alerts. `structural`: their rules are the same, so they do for every
   * payload. `payloads`: they do for the given payloads. `null`: they do not, or it is not known.
   */
  proof: "structural" | "payloads" | null;
  /** What is wrong with the given body. */
  diagnostics: Diagnostic[];
}

/** Something that a migrated configuration does in another way, or may do. */
export interface MigrationNote {
  /**
   * `default-dropped`: version 2 has no `default_to` for tags. `rule-split`: a rule without a name becomes a rule for each
   * of its sources. `tag-shared`: another rule can give the tag of a property too. `format-undocumented`: BigPanda
   * documents the format of the time for version 1 only.
   */
  kind: "default-dropped" | "rule-split" | "tag-shared" | "format-undocumented";
  /** RFC 6901 pointer to what it is about, in the body of version 1. */
  pointer: string;
  /** The tag that it is about. */
  tag?: string;
  /** One sentence. */
  message: string;
  /** Of a dropped default: how many alerts of the given payloads had it. */
  alerts?: number;
}

/** Options of {@link sample}. */
export interface SampleOptions {
  /**
   * Replaces values by neutral ones of the same kind, equal ones by equal ones. Keys stay, and what the rules go by: words
   * that the status map or the filter lists, and times that the time rule reads. Default `false`.
   */
  redact?: boolean;
}

/** A sample put together from payloads. `sample` and `text` are `null` when there is no payload or no configuration to go by. */
export interface Sampled {
  sample: object | null;
  /** JSON text, laid out with two spaces. Values that are not redacted keep every digit. */
  text: string | null;
  /** Source paths of the rules that no payload has, in the order of the rules. */
  missing: string[];
  /** What is wrong with the body, and with the payloads. */
  diagnostics: SimulationDiagnostic[];
}

/** What is to be known of a diagnostic code. */
export interface CodeInfo {
  /** Stable, kebab-case. */
  code: string;
  /** How bad it usually is; a single diagnostic may differ. */
  severity: Severity;
  /** What is wrong, in a few words. */
  title: string;
  /** Why it matters. */
  why: string;
  /** What to do. */
  fix: string;
  /** Whether BigPanda's documentation says so, or it follows from it, or this project decided. */
  basis: "documented" | "inferred" | "ours";
  /** What the rule rests on: a page of BigPanda and the gist of it, or a decision of this project. */
  source: string;
}

/** What code is wanted. */
export interface GenerateOptions {
  /** The id of one of {@link targets}. */
  target: string;
  /** The app key of the integration, as its page in BigPanda shows it. */
  appKey: string;
  /** Where the account is. The host of the EU is inferred, not documented by BigPanda. Default `us`. */
  region?: "us" | "eu";
  /** What the body is for, as in {@link ValidateOptions}. Default `create`. */
  mode?: "create" | "update";
  /** Sends the sample as an object or as a text that holds JSON. Default: as it is written. */
  sampleAs?: "object" | "text";
}

/** Something that code can be made for. */
export interface Target {
  id: string;
  /** For people. */
  label: string;
  /** As syntax highlighters call it. */
  language: string;
  /** What the file is best called. */
  fileName: string;
}

/** Code, ready to run. */
export interface Snippet {
  /** The target's id. */
  target: string;
  language: string;
  fileName: string;
  /** The whole file. */
  code: string;
  /** Exactly what the code sends as the body of the request; `null` where it retrieves. */
  json: string | null;
}

export interface Generated {
  /** `null` when there is no such target, or when the text is not JSON or no object. */
  snippet: Snippet | null;
  /** Those of {@link validate}, and those of the app key and the target. */
  diagnostics: Diagnostic[];
}

/** A payload of a sequence. */
export interface SimulatedPayload {
  payload: Text;
  /** When it was received; stands in where no source gives a time. Default: the time of the call, the same for all. */
  receivedAt?: Time;
}

export interface SimulateOptions {
  /** `map` turns each field that no rule consumed into a tag. Default: as the configuration says; version 1 ignores them. */
  additionalTags?: "ignore" | "map";
}

/** What became of a sequence of payloads. */
export interface Simulated {
  /** In the order of their first alerts. */
  incidents: AlertLifecycle[];
  /** What each alert did, in the order of the payloads and of their alerts. At most 1,000 of kind `rejected`. */
  events: LifecycleEvent[];
  /** How many events there are of each kind, rejections that are not listed included. */
  counts: Record<LifecycleEvent["kind"], number>;
  diagnostics: SimulationDiagnostic[];
}

/** A {@link Diagnostic} of the body, or of a payload. */
export interface SimulationDiagnostic extends Diagnostic {
  /** Place of the payload in the list; absent when it is the body. */
  payload?: number;
}

/** What alerts with equal identifying values belong to, as the last of them left it. Times are epoch seconds. */
export interface AlertLifecycle {
  incident_identifier: (string | string[])[];
  /** Name of the primary tag. */
  primary_property: string;
  /** Name of the secondary tag. */
  secondary_property: string | null;
  status: Status;
  /** `resolved` exactly when the status is `ok`. */
  state: "open" | "resolved";
  /** The time of the first alert. */
  openedAt: number;
  /** The time of the last alert that changed something. */
  changedAt: number;
  /** The time of the alert that resolved it; `null` while it is open. */
  resolvedAt: number | null;
  tags: Record<string, string | string[]>;
  /** Places of its events in the list of events. */
  events: number[];
}

/** What an alert did, or why there is none. */
export interface LifecycleEvent {
  /** Place of the payload in the list. */
  payload: number;
  /** Place of the alert in the payload's array; `null` when the payload as a whole is rejected. */
  index: number | null;
  /**
   * - `new`: the first alert of its identity. With status `ok` it is resolved at once.
   * - `updated`: a tag, the time, or the status changes.
   * - `duplicate`: all is as it was; BigPanda drops it.
   * - `resolved`: the status became `ok`.
   * - `reopened`: the status was `ok` and is not any more.
   * - `rejected`: there is no alert.
   */
  kind: "new" | "updated" | "duplicate" | "resolved" | "reopened" | "rejected";
  /** Place in the list of incidents. */
  incident: number | null;
  status: Status | null;
  /** The status before; `null` when nothing was before. */
  previousStatus: Status | null;
  /** The time of the alert, in epoch seconds. */
  timestamp: number | null;
  /** The tags that the alert changes; of a new incident all. */
  changes: TagChange[];
  /**
   * An alert before this one has a later time. Here it counts all the same; BigPanda goes by the time to find the latest
   * status, so there the earlier one may stay.
   */
  outOfOrder?: true;
  /** Of a rejection: as in {@link Rejection}. */
  code?: string;
  /** Of a rejection. */
  message?: string;
  /** Of a rejection: RFC 6901 pointer into the payload. */
  pointer?: string;
}

/** A tag that an alert changes. `null`: there is no such tag. */
export interface TagChange {
  tag: string;
  before: string | string[] | null;
  after: string | string[] | null;
}

export interface CompareOptions {
  /**
   * When the payloads were received; stands in where no source gives a time. It is the same for both sides, so that it
   * is no change. Default: the beginning of 1970, so that the answer does not depend on the clock.
   */
  receivedAt?: Time;
  /** `map` turns each field that no rule consumed into a tag. Default: as the configuration says; version 1 ignores them. */
  additionalTags?: "ignore" | "map";
}

/** What a new configuration changes. */
export interface Compared {
  /** Both configurations can be run, and there are no changes. */
  same: boolean;
  /** In the order of the payloads and of their alerts; of each kind at most 1,000. */
  changes: Change[];
  /** How many changes there are of each kind, those that are not listed included. */
  counts: Record<Change["kind"], number>;
  diagnostics: CompareDiagnostic[];
}

/** A {@link Diagnostic} of a body, or of a payload. */
export interface CompareDiagnostic extends Diagnostic {
  /** Under which configuration; `null` when it is a payload under both. */
  configuration: "old" | "new" | null;
  /** Place of the payload in the list; absent when it is a body. */
  payload?: number;
}

/** What is different in an alert under the new configuration. */
export interface Change {
  /** Place of the payload in the list. */
  payload: number;
  /** Place of the alert in the payload's array; `null` when it is the payload as a whole. */
  index: number | null;
  /**
   * - `tag`: its value is another one, or it is new or gone.
   * - `status`, `timestamp`: another one. A time of receipt counts as none.
   * - `primary`, `secondary`: the property is another tag.
   * - `identity`: the alert counts as another one. What is open under the old identity is never resolved.
   * - `rejected`: there is no alert any more.
   * - `accepted`: there was no alert before.
   */
  kind: "tag" | "status" | "timestamp" | "primary" | "secondary" | "identity" | "rejected" | "accepted";
  /** The name of the tag. */
  tag?: string;
  /**
   * What it was: a value, a status, epoch seconds as text, the name of a tag, the identifying values, or of `accepted`
   * the code of the rejection. `null`: nothing.
   */
  before: string | string[] | (string | string[])[] | null;
  /** What it is, as `before`; of `rejected` the code of the rejection. */
  after: string | string[] | (string | string[])[] | null;
  /** RFC 6901 pointer to the rule in the new body, or in the old one where the new one has none. */
  pointer?: string;
  /** Which body the pointer is for. */
  configuration?: "old" | "new";
  message: string;
  /** `warning`: it likely does harm, such as alerts that are never resolved. */
  severity: "info" | "warning";
}

/** How often something was, and the first payloads in which it was. */
export interface Count {
  count: number;
  /** Places of the first payloads in which it was: ten at most, ascending. */
  payloads: number[];
}

/**
 * What became of a rule, or of an item of one, in an alert. The words are those of a {@link Step}, and two more:
 * `not-reached`, never looked at, because something before it decided; `over-limit`, the value of the tag is longer than
 * BigPanda keeps, which is counted besides `used` or `default`.
 */
export type CoverageOutcome = Step["outcome"] | "not-reached" | "over-limit";

/** How often each outcome was. Those that never were are left out. */
export type Outcomes = Partial<Record<CoverageOutcome, Count>>;

/** What the rules of a configuration do over many payloads. */
export interface Coverage {
  /** How many payloads there are. */
  payloads: number;
  /** How many of them could not be read. */
  unread: Count;
  /** How many alerts they give. */
  alerts: number;
  /**
   * The filter, the rules of tags, the status, the time, and what identifies alerts. Empty when the configuration cannot be
   * understood.
   */
  rules: CoveredRule[];
  /** Values that the status map does not list, of alerts that got the default status. */
  defaultWords: {
    /** At most 1,000, the shortest first; each is cut at 100 characters. Of a list, each item is one. */
    words: ({ word: string } & Count)[];
    /** How often there were other words. */
    more: number;
  };
  /** Rejections by code. */
  rejected: Record<string, Count>;
  /** Payloads with a diagnostic, by its code. */
  reported: Record<string, Count>;
  identities: {
    /** How many different ones there are. */
    distinct: number;
    /** How many of them had a problem and never the status `ok`, and payloads in which such an identity was first seen. */
    neverOk: Count;
    /** `distinct` and `neverOk` are estimates, because there are more than 16,384; the standard error is below one per cent. */
    estimated: boolean;
    /** Alerts whose identity an earlier alert of the same payload has. */
    repeated: Count;
    /** For {@link mergeCoverage}. */
    sketch: string;
  };
  /** What is wrong with the body. */
  diagnostics: Diagnostic[];
}

/** What a rule does. Each object of the payloads has one outcome, besides `over-limit`. */
export interface CoveredRule {
  kind: Step["kind"];
  /** RFC 6901 pointer to it in the body; empty for fields that no rule names, and for the time where no rule gives one. */
  pointer: string;
  /** The tag that it gives, or that identifies. */
  tag?: string;
  outcomes: Outcomes;
  items: CoveredItem[];
}

/** What a source, a default or another item of a rule does. */
export interface CoveredItem {
  kind: "source" | "default" | "status-value" | "received-at" | "tag" | "comparison";
  /** As written in the body. */
  text: string;
  /** RFC 6901 pointer to it in the body, or to where it would be. */
  pointer: string;
  outcomes: Outcomes;
}

export interface StreamOptions {
  /** When the payloads were received; stands in where no source gives a time. Default: the beginning of 1970. */
  receivedAt?: Time;
  /** As in {@link ProcessOptions}. */
  additionalTags?: "ignore" | "map";
}

/** Lines that were read. */
export interface ReadLines {
  /** How many lines, including blank ones. */
  lines: number;
  /** How many of them had a payload. */
  payloads: number;
}

/** Payloads that are given piece by piece, in bounded memory. */
interface PayloadStream<T> {
  /** Adds the next payload; `false` when a configuration cannot be understood. */
  add(payload: Text): boolean;
  /**
   * Adds NDJSON, one payload per line. `first` is the place of the first line, by default 0; the place of each payload is
   * that of its line.
   */
  addLines(lines: Uint8Array, first?: number): ReadLines;
  /** As {@link Program.roomForLines}. */
  roomForLines(size: number): Uint8Array;
  /** The answer. No more can be added then. */
  finish(): T;
  /** Gives the engine's memory back. */
  free(): void;
  [Symbol.dispose](): void;
}

/** As {@link coverage}, for payloads that come piece by piece. */
export class CoverageBuilder implements PayloadStream<Coverage> {
  constructor(body: Text, options?: StreamOptions);
  add(payload: Text): boolean;
  addLines(lines: Uint8Array, first?: number): ReadLines;
  roomForLines(size: number): Uint8Array;
  finish(): Coverage;
  free(): void;
  [Symbol.dispose](): void;
}

/** As {@link compare}, for payloads that come piece by piece. */
export class Comparison implements PayloadStream<Compared> {
  constructor(oldBody: Text, newBody: Text, options?: CompareOptions);
  add(payload: Text): boolean;
  addLines(lines: Uint8Array, first?: number): ReadLines;
  roomForLines(size: number): Uint8Array;
  finish(): Compared;
  free(): void;
  [Symbol.dispose](): void;
}

/** A checked configuration, ready to run. */
export class Program {
  private constructor();
  process(payload: Text, options?: ProcessOptions): Processed;
  /** The same {@link Processed} as JSON: the fast way if the answer is stored or sent on. */
  processToJson(payload: string | Uint8Array, options: ProcessToJsonOptions & { as: "text" }): string;
  processToJson(payload: string | Uint8Array, options?: ProcessToJsonOptions & { as?: "bytes" | "view" }): Uint8Array;
  processToJson(payload: string | Uint8Array, options?: ProcessToJsonOptions): Uint8Array | string;
  /**
   * Processes NDJSON, one payload per line, in one call: the fast way for many small payloads. With `everyLine` a blank line
   * has an answer too, that of a payload that cannot be read, so that there are as many answers as lines.
   */
  processLines(
    lines: Uint8Array,
    options?: ProcessToJsonOptions & { as?: "bytes" | "view"; everyLine?: boolean },
  ): ProcessedLines;
  /**
   * The engine's own memory for the next lines, of `size` bytes: what is read into it and its beginning given to
   * {@link processLines}, need not be copied. Only to be used until the next call of any function of the package.
   */
  roomForLines(size: number): Uint8Array;
  /** Gives the engine's memory back. Using the program afterwards throws. */
  free(): void;
  [Symbol.dispose](): void;
}

/**
 * A payload that stays in the engine while it is edited, for editors and previews: only what was typed and only the
 * alerts that are shown cross the border.
 */
export class Preview {
  /** Puts a payload in place of the present one. */
  set(payload: string | Uint8Array): void;
  /**
   * Replaces a range of the payload, in UTF-16 code units; it may begin or end inside a surrogate pair. Returns `false`
   * where the payload is too long to be kept whole (16 MiB); then it has to be {@link set} again. Throws a `TypeError`
   * where the range is not inside the payload.
   */
  edit(start: number, end: number, text: string): boolean;
  /** As {@link Program.process}, with the alerts and traces of a part of the payload. Rejections are listed in any case. */
  process(program: Program, options?: ProcessOptions & PartOptions): ProcessedPart;
  /** As {@link fields}. */
  fields(options?: { arraySource?: string }): Field[];
  /** Gives the engine's memory back. */
  free(): void;
  [Symbol.dispose](): void;
}

/**
 * Makes the engine ready. Needed once in browsers and bundlers; does nothing in Node. Calling it again is harmless.
 */
export function init(): Promise<void>;

/**
 * Checks a request body, or a bare configuration. A `payload` is shown to the rules as the sample is: what it shows is
 * reported at the place of the rule, or in the document `payload`, where rejected alerts are reported too.
 */
export function validate(body: Text, options?: ValidateOptions & { payload?: Text }): ValidateResult;

/** As {@link validate} with the option `payload`, for several payloads. */
export function validateWithPayloads(
  body: Text,
  payloads: readonly Text[],
  options?: ValidateOptions,
): ValidatedWithPayloads;

/**
 * Applies the suggestions for a body that can be applied together, and goes on with the text that this makes, until there
 * are none. With `codes` only suggestions for these codes; else those of errors and warnings, except for
 * `identifier-override`, which is a choice, and for adding a field to the sample, which makes up a value.
 */
export function fix(body: Text, codes?: readonly string[], options?: ValidateOptions): Fixed;

/**
 * Renders diagnostics as text: each with the line that it is about and its suggestion. `text` is the document that they are
 * about; characters that control a terminal are replaced.
 */
export function render(diagnostics: readonly Diagnostic[], text: Text, options?: RenderOptions): string;

/** Compiles a configuration. `program` is `null` when it cannot be understood; the diagnostics say why. */
export function compile(body: Text): { program: Program | null; diagnostics: Diagnostic[] };

/** Runs a payload through a configuration. For many payloads use {@link compile}. */
export function processPayload(body: Text, payload: Text, options?: ProcessOptions): Processed;

/**
 * Runs payloads one after the other and follows what their alerts belong to: which are new, updated, duplicates, resolved
 * or reopened. Alerts with equal identifying values belong together.
 */
export function simulate(body: Text, payloads: readonly SimulatedPayload[], options?: SimulateOptions): Simulated;

/** Runs payloads through two configurations and lists what the new one changes. */
export function compare(oldBody: Text, newBody: Text, payloads: readonly Text[], options?: CompareOptions): Compared;

/** Counts what the rules of a configuration do over payloads: which sources give values, and which never do. */
export function coverage(body: Text, payloads: Iterable<SimulatedPayload>): Coverage;

/**
 * The coverage of the payloads of both, those of the second behind those of the first. With `offset` the places of the
 * second one's payloads count from there; 0 where both count in the same list. Throws a `TypeError` where the two are of
 * different configurations.
 */
export function mergeCoverage(first: Coverage, second: Coverage, offset?: number): Coverage;

/**
 * Puts a sample together that has every field that the rules name and any payload has: the fullest payload, completed from
 * the others.
 */
export function sample(body: Text, payloads: readonly Text[], options?: SampleOptions): Sampled;

/** Lists the fields of a payload by the source paths that name them. */
export function fields(payload: Text, options?: { arraySource?: string }): Field[];

/**
 * Finds the value at an RFC 6901 pointer. Of equal keys the last one counts. `null` if there is none, or the text is not
 * JSON.
 */
export function valueAt(text: string | Uint8Array, pointer: string): FoundValue | null;

/**
 * Finds the values of a source path in a payload, as a rule gets them: one, or with `arraySource` one for each alert that
 * has it.
 */
export function valuesOf(payload: string | Uint8Array, path: string, options?: { arraySource?: string }): FoundValue[];

/**
 * Proposes a request body for a payload of any tool, with the payload as its sample, and says why it is as it is. What
 * is proposed is valid; whether it is what you want is for you to say.
 */
export function suggest(payload: Text, options?: SuggestOptions): Suggested;

/**
 * Rewrites a configuration of version 1 as one of version 2, says what does not carry over, and compares both: by their
 * rules, and over the payloads if there are any.
 */
export function migrate(body: Text, options?: MigrateOptions): Migrated;

/**
 * Finds the request body in a text: a body, a bare configuration, the answer of a retrieval (with HTTP headers or
 * without) or a curl command, also within other text. What is wrong with the configuration is for {@link validate}.
 */
export function importBody(text: string): Imported;

/** Finds out what a text is: how it is written, and whether it holds a payload or a configuration. */
export function inspect(text: string | Uint8Array): Inspected;

/** All diagnostic codes with what is to be known of them. The list is the caller's to change. */
export function codes(): CodeInfo[];

/** JSON Schema 2020-12 of a request body. The object is the caller's to change. */
export function schema(options?: SchemaOptions): object;

export interface SchemaOptions {
  /** The version of the configuration. Default `1`. */
  version?: "1" | "2";
}

/**
 * Makes code that sends a request body, or a bare configuration as one. For targets that retrieve a configuration the
 * body is not looked at.
 */
export function generate(body: Text, options: GenerateOptions): Generated;

/** What code can be made for. */
export function targets(): Target[];

/** The version of this package. */
export function version(): string;
