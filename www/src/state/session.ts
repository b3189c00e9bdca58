import { EngineClient } from "../engine/client.ts";
import type { Answer, CallName, Calls, ComparedAlerts, Question } from "../engine/protocol.ts";
import type { Alert, Diagnostic, Field, Generated, Simulated, Step, Target } from "../engine/types.ts";
import type { NamedPayload } from "../files/understand.ts";
import { type DocumentName, type Migration, type RequestSettings, StaleAnswerError } from "../panels/contract.ts";
import { CoverageCounter } from "./coverage.ts";
import { type DocumentChange, TextDocument } from "./document.ts";
import { FieldList } from "./field-list.ts";
import { History } from "./history.ts";
import { AnsweredOutcome, type Window } from "./outcome.ts";
import { readerOf } from "./reader.ts";
import { rejectionProblems } from "./rejections.ts";
import { Series } from "./series.ts";
import type { SessionListener } from "./session-listener.ts";
import { PendingUpdates } from "./updates.ts";

/** What several payloads come to takes longer than one of them. */
const AHEAD_AFTER_MS = 200;

/** The baseline that is there from the beginning. */
const OPENED = "as opened";

/** What an empty text invites to. */
export const HINTS: Record<DocumentName, string> = {
  payload: "Paste the JSON your tool sends, or drop a file",
  config: "Paste a configuration, or select Suggest",
};

/** The state of the page beside the texts. */
export interface Settings {
  additional: "ignore" | "map";
  request: RequestSettings;
}

/** A configuration to compare with. */
export interface Baseline {
  text: string;
  /** What it is, in a few words. */
  label: string;
}

/** The alert that is looked at, with its trace. */
export interface Current {
  alert: Alert;
  steps: Step[];
}

/** Everything that the page knows. Notifies its listener whenever something of it has changed. */
export class Session {
  readonly payload: TextDocument;
  readonly config: TextDocument;
  readonly history = new History();
  readonly coverage: CoverageCounter;
  settings: Settings = {
    additional: "ignore",
    request: { target: "curl", appKey: "", region: "us", mode: "create", sampleAs: "object" },
  };
  targets: Target[] = [];
  /** The version of the engine, once it is there. */
  version = "";
  fields: Field[] = [];
  /** Several payloads, where more than one is open. */
  series: Series | null = null;
  /** The configurations that the present one can be compared with, and which of them it is. */
  baselines: Baseline[] = [{ text: "", label: OPENED }];
  baselineAt = 0;
  simulated: Simulated | null = null;
  compared: ComparedAlerts | null = null;
  /** The last answer, and what to ask of it. */
  answer: Answer | null = null;
  outcome: AnsweredOutcome | null = null;
  /** The last outcome of an engine that could run, shown while the texts are broken. */
  lastGood: AnsweredOutcome | null = null;
  current: Current | null = null;
  generated: Generated | null = null;
  /** Why the engine stopped for good, else empty. */
  stopped = "";

  readonly #listener: SessionListener;
  readonly #engine: EngineClient;
  #begun = false;
  readonly #updates: PendingUpdates;
  readonly #fieldList = new FieldList(
    () => this.call("fields", null),
    (fields) => {
      this.fields = fields;
      this.#listener.changed();
    },
  );
  /** Edits so far: of all, of those in the question on its way, and of those in the answer at hand. */
  #edits = 0;
  #asked = 0;
  #answered = 0;
  #versions = 0;
  #window: Window = { from: 0, count: 50 };
  #place = 0;
  #wantsCode = false;
  #rejections: Diagnostic[] = [];
  #ahead: "timeline" | "compare" | null = null;
  #foreseeing: ReturnType<typeof setTimeout> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: SessionListener) {
    this.#listener = listener;
    this.coverage = new CoverageCounter(this, () => listener.changed());
    const changed = (change: DocumentChange) => this.#took(change);
    const keys = { undo: () => this.undo(), redo: () => this.redo() };
    const make = (name: DocumentName, label: string) => {
      const load = async () => {
        const { inEditor } = await import("../editor/kit.ts");
        return inEditor({ name, label, hint: HINTS[name], keys, known: () => this, pointed: listener.pointed });
      };
      return new TextDocument(name, load, changed);
    };
    this.payload = make("payload", "Payload, JSON");
    this.config = make("config", "Configuration, JSON");
    this.#updates = new PendingUpdates({ payload: this.payload, config: this.config });
    this.#engine = new EngineClient({
      ready: (targets, version) => {
        Object.assign(this, { targets, version });
        listener.changed();
      },
      answer: (answer) => this.#receive(answer),
      everything: () => this.#updates.everything(),
      changes: () => this.#updates.next(this.answer?.stale === true),
      crashed: (message, gaveUp) => {
        if (gaveUp) this.stopped = message;
        else this.ask();
        listener.crashed(gaveUp);
      },
    });
  }

  readonly document = (name: DocumentName): TextDocument => (name === "payload" ? this.payload : this.config);

  /** The places in the answer are those of the texts as they stand. While a large one is typed, an answer lags behind. */
  get fresh(): boolean {
    return this.answer !== null && this.#answered === this.#edits;
  }

  /** The engine could not run for an error in the texts; what is shown is from before it. */
  get outdated(): boolean {
    return this.answer !== null && !this.answer.ran && this.lastGood !== null;
  }

  /** The text that is to be brought first: it is empty, which is a beginning and no error. */
  get wanted(): DocumentName | null {
    return this.payload.isBlank ? "payload" : this.config.isBlank ? "config" : null;
  }

  get diagnostics(): Diagnostic[] {
    return [...this.#rejections, ...(this.answer?.diagnostics ?? [])];
  }

  /** Starts over with two texts. Nothing leads back, unless `undoable`. */
  load(texts: { payload: string; config: string }, undoable: boolean): void {
    this.series = null;
    this.coverage.forget();
    this.baselines = [{ text: texts.config, label: OPENED }];
    this.baselineAt = 0;
    this.#place = 0;
    this.#window = { from: 0, count: this.#window.count };
    if (undoable) {
      this.history.together(() => {
        this.payload.replace(texts.payload);
        this.config.replace(texts.config);
      });
      return;
    }
    for (const name of ["payload", "config"] as const) {
      this.document(name).reset(texts[name]);
      this.history.forget(this.document(name));
    }
  }

  /** Opens payloads: the first goes into the editor, which can be undone. */
  take(payloads: NamedPayload[]): void {
    this.series = payloads.length > 1 ? new Series(this.payload, payloads) : null;
    this.#place = 0;
    this.coverage.forget();
    this.payload.replace(payloads[0]?.text ?? "");
    this.#listener.changed();
  }

  /** Goes to another of several payloads. */
  step(to: number): void {
    const text = this.series?.move(to);
    if (text === null || text === undefined) return;
    this.#place = 0;
    // Undoing would bring another payload's text into this one.
    this.history.forget(this.payload);
    this.payload.reset(text);
    this.#listener.changed();
  }

  undo(): boolean {
    const moved = this.history.undo();
    if (moved.length > 0) this.#listener.moved(moved, "Undone");
    return true;
  }

  redo(): boolean {
    const moved = this.history.redo();
    if (moved.length > 0) this.#listener.moved(moved, "Redone");
    return true;
  }

  /** Several settings at once. */
  set(settings: { additional?: Settings["additional"]; request?: Partial<RequestSettings> }): void {
    const { additional = this.settings.additional, request = {} } = settings;
    this.settings = { additional, request: { ...this.settings.request, ...request } };
    this.ask();
    this.#listener.changed();
  }

  /** Code is looked at, or no longer. */
  wantCode(wanted: boolean): void {
    if (wanted === this.#wantsCode) return;
    this.#wantsCode = wanted;
    if (wanted) this.ask();
  }

  /** Which alerts are in view, so that the next answer brings them along. */
  show(window: Window): void {
    this.#window = window;
  }

  /** Another alert is looked at. */
  async look(index: number): Promise<void> {
    const outcome = this.outcome;
    if (!outcome || this.current?.alert.index === index) return;
    try {
      const found = await outcome.find(index);
      if (!found || outcome !== this.outcome) return;
      this.#place = found.place;
      this.current = { alert: found.alert, steps: await outcome.trace(index) };
      this.#listener.changed();
    } catch (error) {
      if (!(error instanceof StaleAnswerError)) throw error;
    }
  }

  /** What looks beyond the payload in the editor is looked at, or no longer. */
  lookAhead(at: "timeline" | "compare" | null): void {
    if (at === this.#ahead) return;
    this.#ahead = at;
    this.#foresee();
  }

  /** The configuration that changes are counted from. */
  get baseline(): Baseline {
    return this.baselines[this.baselineAt] ?? { text: "", label: OPENED };
  }

  /** Compares with a configuration that becomes one of the baselines, or with the one at a place among them. */
  compareWith(baseline: Baseline | number): void {
    if (typeof baseline === "number") this.baselineAt = baseline;
    else this.baselineAt = this.baselines.push(baseline) - 1;
    this.compared = null;
    this.#foresee();
    this.#listener.changed();
  }

  /** The sequence grows by the present payload, which is gone on with. */
  repeat(): void {
    this.series ??= new Series(this.payload, [{ text: this.payload.text, name: "" }]);
    this.series.repeat();
    this.step(this.series.count - 1);
  }

  /** The present payload leaves the sequence. */
  drop(): void {
    const text = this.series?.drop();
    if (text === null || text === undefined) return;
    if (this.series?.count === 1) this.series = null;
    this.coverage.forget();
    this.history.forget(this.payload);
    this.payload.reset(text);
    this.#listener.changed();
  }

  /** Simulates or compares once typing rests, if somebody looks. */
  #foresee(): void {
    clearTimeout(this.#foreseeing);
    if (this.#ahead === null) return;
    this.#foreseeing = setTimeout(() => void this.#askAhead(), AHEAD_AFTER_MS);
  }

  async #askAhead(): Promise<void> {
    const { payloads } = this;
    const { additional } = this.settings;
    const body = this.config.text;
    try {
      if (this.#ahead === "timeline")
        this.simulated = await this.call("simulate", { body, payloads, additional, from: Date.now() });
      else this.compared = await this.call("compare", { old: this.baseline.text, body, payloads, additional });
      this.#listener.changed();
    } catch (error) {
      // The next answer asks again.
      if (!(error instanceof StaleAnswerError)) throw error;
    }
  }

  /** Starts the engine. Before that nothing is asked, as the page is not in view yet. */
  begin(): void {
    this.#begun = true;
    this.ask();
  }

  /** Asks the engine. */
  ask(): void {
    if (!this.#begun) return;
    this.#engine.ask((): Question => {
      this.#asked = this.#edits;
      return {
        additionalTags: this.settings.additional,
        receivedAt: Date.now(),
        ...this.#window,
        current: this.#place,
        mode: this.settings.request.mode,
        code: this.#wantsCode ? this.settings.request : null,
      };
    });
  }

  readonly call = <Name extends CallName>(name: Name, ask: Calls[Name]["ask"]): Promise<Calls[Name]["answer"]> =>
    this.#engine.call(name, ask);

  /** Reads texts that are opened. */
  readonly reader = readerOf(this);

  /** Every payload that is open. */
  get payloads(): string[] {
    return this.series?.texts ?? [this.payload.text];
  }

  /** Proposes a configuration for the payload in the editor; other open payloads are evidence. */
  suggest(version: "1" | "2"): Promise<Calls["suggest"]["answer"]> {
    const text = this.payload.text;
    return this.call("suggest", { text, others: this.payloads.filter((other) => other !== text), version });
  }

  /** Runs a body that is proposed over the payload in the editor. */
  readonly preview = (body: string): Promise<Calls["preview"]["answer"]> => this.call("preview", { body });

  /** Rewrites the configuration as one of version 2, and compares both over the open payloads. */
  async migrate(): Promise<Migration> {
    const body = this.config.text;
    const payloads = this.payloads.filter((text) => text.trim() !== "");
    const answer = await this.call("migrate", { body, payloads, additional: this.settings.additional });
    return { ...answer, before: body, payloads: payloads.length };
  }

  stop(): void {
    clearTimeout(this.#pause);
    this.#fieldList.stop();
    clearTimeout(this.#foreseeing);
    this.coverage.stop();
    this.#engine.stop();
  }

  #took(change: DocumentChange): void {
    this.#edits += 1;
    this.stopped = "";
    this.history.took(change);
    this.#updates.add(change);
    this.#listener.edited(change);
    clearTimeout(this.#pause);
    // A task later, so that what edits both texts asks once.
    this.#pause = setTimeout(() => this.ask());
  }

  #receive(received: Answer): void {
    const isInvitation = ({ code, document }: Diagnostic) =>
      code === "json-syntax" && this.document(document === "payload" ? "payload" : "config").isBlank;
    const answer = { ...received, diagnostics: received.diagnostics.filter((one) => !isInvitation(one)) };
    this.#answered = this.#asked;
    this.#versions += 1;
    this.answer = answer;
    // Of a payload that is no JSON, the syntax error says it.
    const isRead = answer.diagnostics.every(({ code }) => code !== "json-syntax");
    this.#rejections =
      isRead && this.wanted === null && answer.rejectedCount > 0
        ? rejectionProblems(answer, this.fresh ? this.payload.text : "")
        : [];
    this.stopped = "";
    this.generated = answer.generated ?? this.generated;
    this.outcome = new AnsweredOutcome(this.#versions, answer, { ...this.#window }, this);
    if (this.wanted !== null) this.lastGood = null;
    else if (answer.ran) this.lastGood = this.outcome;
    this.current = answer.current && answer.trace ? { alert: answer.current, steps: answer.trace.steps } : null;
    this.#fieldList.answered(this.#answered, this.payload.length);
    this.#foresee();
    this.coverage.again();
    this.#listener.answered(answer);
    this.#listener.changed();
    if (answer.stale) this.ask();
  }
}
