import { html, LitElement } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { EngineClient } from "./engine/client.ts";
import type { Answer, CodeWish, Question } from "./engine/protocol.ts";
import type { Diagnostic, Step, Target } from "./engine/types.ts";
import { examples, type Example } from "./examples/index.ts";
import { rangeAt } from "./json/pointer.ts";
import { sampleOf, withSample } from "./json/sample.ts";
import "./panels/alerts.ts";
import { Answered } from "./panels/answered.ts";
import "./panels/code.ts";
import type { Selection } from "./panels/contract.ts";
import "./panels/editor.ts";
import type { OimEditor } from "./panels/editor.ts";
import "./panels/problems.ts";
import { frame } from "./playground-styles.ts";
import { shared } from "./styles/shared.ts";
import { tokens } from "./styles/tokens.ts";
import { count } from "./text/count.ts";
import { together } from "./text/fixes.ts";

/** Alerts asked for at a time. */
const PAGE = 50;
/** From this many characters on, copying the text for the worker is felt, so typing gets a pause first. */
const LARGE = 200_000;
const PAUSE_MS = 250;
/** A screen reader hears the outcome once typing rests. */
const SAY_AFTER_MS = 900;
/** How long a passing remark stays. */
const NOTE_MS = 8_000;

/** The playground: two texts in, alerts and problems out, and the thread from each value back to where it comes from. */
export class OimPlayground extends LitElement {
  static override properties = {
    answer: { state: true },
    lastGood: { state: true },
    selection: { state: true },
    additional: { state: true },
    stopped: { state: true },
    said: { state: true },
    restarted: { state: true },
    loads: { state: true },
    targets: { state: true },
  };

  static override styles = [shared, tokens, frame];

  declare answer: Answer | null;
  /** The last answer of an engine that could run, shown while the texts are broken. */
  declare lastGood: Answered | null;
  declare selection: Selection | null;
  declare additional: "ignore" | "map";
  declare stopped: string;
  declare said: string;
  /** The engine died a moment ago and was replaced. */
  declare restarted: boolean;
  /** Examples loaded so far. Each gets new cards: what was opened in the old ones speaks of other alerts. */
  declare loads: number;
  declare targets: Target[];
  /** Edits so far: of all, of those in the question on its way, and of those in the answer shown. */
  #edits = 0;
  #asked = 0;
  #answered = 0;
  #outcome: Answered | null = null;
  #shown = PAGE;
  #explain = false;
  #code: CodeWish | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #note: ReturnType<typeof setTimeout> | undefined;
  #say: ReturnType<typeof setTimeout> | undefined;

  #engine = new EngineClient({
    ready: (targets) => (this.targets = targets),
    answer: (answer) => this.#receive(answer),
    crashed: (message, gaveUp) => {
      if (gaveUp) this.stopped = message;
      this.restarted = !gaveUp;
      clearTimeout(this.#note);
      this.#note = setTimeout(() => (this.restarted = false), NOTE_MS);
    },
  });

  constructor() {
    super();
    this.answer = null;
    this.lastGood = null;
    this.selection = null;
    this.additional = "ignore";
    this.stopped = "";
    this.said = "";
    this.restarted = false;
    this.loads = 0;
    this.targets = [];
  }

  override firstUpdated(): void {
    const [first] = examples;
    if (first) void this.#load(first);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
    clearTimeout(this.#note);
    clearTimeout(this.#say);
    this.#engine.stop();
  }

  override render() {
    const { answer } = this;
    return html`
      <a class="skip" href="#alerts" @click=${this.#skip}>Skip to the alerts</a>
      <header>
        <div class="brand">${logo()}<h1>OIM playground</h1></div>
        <label>
          Example
          <select @change=${this.#choose}>
            ${examples.map((example, index) => html`<option value=${index}>${example.label}</option>`)}
          </select>
        </label>
        <p class="private" role="status">
          ${this.restarted ? "The engine stopped and was started again. Your text is as it was." : "Runs in this browser. Nothing is sent or stored."}
        </p>
      </header>
      <main>
        <oim-editor id="payload" label="Payload" note="what the tool sends" @oim-edit=${this.#edited}></oim-editor>
        <oim-editor id="config" label="Configuration" note="request body" @oim-edit=${this.#edited}>
          <button class="small" @click=${this.#takeSample} title="Makes the payload the sample_payload of this body">Payload as sample</button>
        </oim-editor>
        <oim-problems id="problems" .diagnostics=${answer?.diagnostics ?? []} .ready=${answer !== null} @oim-go=${this.#go} @oim-fix=${this.#fix} @oim-fix-all=${this.#fixAll}></oim-problems>
        <div id="outcome">
          ${keyed(this.loads, this.#alerts())}
          <oim-code id="code" .targets=${this.targets} .generated=${answer?.code ?? null} @oim-wish=${this.#wish}></oim-code>
        </div>
      </main>
      <nav aria-label="Parts of the page">
        ${this.#jump("#payload", "Payload")} ${this.#jump("#config", "Configuration")}
        ${this.#jump("#problems", count(answer?.diagnostics.length ?? 0, "problem"))}
        ${this.#jump("#alerts", count(answer?.alertCount ?? 0, "alert"))} ${this.#jump("#code", "Code")}
      </nav>
      <div class="unseen" role="status" aria-label="Result">${this.said}</div>
    `;
  }

  #jump(to: string, label: string) {
    const go = () => {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.renderRoot.querySelector(to)?.scrollIntoView({ behavior: still ? "auto" : "smooth" });
    };
    return html`<button class="small" @click=${go}>${label}</button>`;
  }

  #alerts() {
    const { answer, lastGood } = this;
    const outdated = answer !== null && !answer.ran;
    return html`
      <oim-alerts
        id="alerts"
        .outcome=${outdated ? (lastGood ?? this.#outcome) : this.#outcome}
        .outdated=${outdated && lastGood !== null}
        .selection=${this.selection}
        .stopped=${this.stopped}
        .additional=${this.additional}
        @oim-select=${this.#look}
        @oim-additional=${this.#turnAdditional}
      ></oim-alerts>
    `;
  }

  get #payload(): OimEditor {
    return this.renderRoot.querySelector("#payload") as OimEditor;
  }

  get #config(): OimEditor {
    return this.renderRoot.querySelector("#config") as OimEditor;
  }

  async #load({ body }: Example): Promise<void> {
    await Promise.all([this.#payload.updateComplete, this.#config.updateComplete]);
    this.#payload.replace(sampleOf(body));
    this.#payload.top();
    this.#config.replace(body);
    this.#config.top();
    this.loads += 1;
    // The sample is the payload next door, so here it only takes room.
    const sample = rangeAt(body, "/sample_payload");
    if (sample) this.#config.fold(sample);
  }

  #choose = (event: Event): void => {
    const example = examples[Number((event.target as HTMLSelectElement).value)];
    if (example) void this.#load(example);
  };

  #edited = (): void => {
    this.#edits += 1;
    this.#select(null);
    this.stopped = "";
    this.#explain = false;
    this.#shown = PAGE;
    clearTimeout(this.#pause);
    const large = this.#payload.length + this.#config.length > LARGE;
    // Even without a pause a task later, so that loading an example, which edits both texts, asks once.
    this.#pause = setTimeout(() => this.#ask(), large ? PAUSE_MS : 0);
  };

  #ask(): void {
    this.#engine.ask((): Question => {
      this.#asked = this.#edits;
      return {
        body: this.#config.text,
        payload: this.#payload.text,
        additionalTags: this.additional,
        receivedAt: Date.now(),
        shown: this.#shown,
        explain: this.#explain,
        code: this.#code,
      };
    });
  }

  #receive(answer: Answer): void {
    // Steps of the last answer are none of this one.
    this.#select(null);
    this.#answered = this.#asked;
    this.answer = answer;
    this.#outcome = new Answered(answer, this.#askMore);
    this.stopped = "";
    if (answer.ran) this.lastGood = this.#outcome;
    if (this.#fresh) {
      this.#payload.squiggle(answer.diagnostics.filter((diagnostic) => diagnostic.document === "payload"));
      this.#config.squiggle(answer.diagnostics.filter((diagnostic) => diagnostic.document === "body"));
    }
    clearTimeout(this.#say);
    this.#say = setTimeout(() => (this.said = spoken(answer)), SAY_AFTER_MS);
  }

  /** The places in the answer are those of the texts as they stand. While a large one is typed, an answer lags behind. */
  get #fresh(): boolean {
    return this.#answered === this.#edits;
  }

  #skip = (event: Event): void => {
    // A fragment cannot point into a shadow tree, so the link's work is done here.
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>("#alerts")?.focus();
  };

  #look = ({ detail }: CustomEvent<Selection | null>): void => {
    if (detail?.kind !== "field") return this.#select(detail);
    this.selection = detail;
    this.#payload.select(rangeAt(this.#payload.text, detail.pointer) ?? undefined);
  };

  #select(selection: Selection | null): void {
    if (selection === null && this.selection === null) return;
    this.selection = selection;
    // Places in an answer from before an error belong to texts that are gone.
    const current = this.#fresh && this.answer?.ran && selection?.kind === "step" ? selection.step : null;
    const body = this.#config.text;
    this.#payload.mark(current?.payloadRange ?? null);
    this.#config.mark(current ? rangeAt(body, origin(current)) : null);
  }

  #askMore = (shown: number): void => {
    this.#shown = Math.max(this.#shown, shown);
    this.#explain = true;
    this.#ask();
  };

  #wish = ({ detail }: CustomEvent<CodeWish | null>): void => {
    this.#code = detail;
    this.#ask();
  };

  #turnAdditional = ({ detail }: CustomEvent<"ignore" | "map">): void => {
    this.additional = detail;
    this.#select(null);
    this.#ask();
  };

  #go = ({ detail }: CustomEvent<Diagnostic>): void => {
    this.#editorOf(detail).select(detail.range);
  };

  #editorOf({ document }: Diagnostic): OimEditor {
    return document === "payload" ? this.#payload : this.#config;
  }

  #fix = ({ detail }: CustomEvent<Diagnostic>): void => {
    // Edits of an answer that lags behind would land in the wrong place. The next answer brings them again.
    if (this.#fresh && detail.suggestion) this.#editorOf(detail).apply(detail.suggestion.edits);
  };

  #fixAll = ({ detail }: CustomEvent<Diagnostic[]>): void => {
    if (!this.#fresh) return;
    for (const { document, edits } of together(detail)) (document === "payload" ? this.#payload : this.#config).apply(edits);
  };

  #takeSample = (): void => {
    const edit = withSample(this.#config.text, this.#payload.text);
    if (edit) this.#config.apply([edit]);
  };
}

/** Where in the body a step comes from: its source, its default, or at least its rule. */
function origin({ sourcePointer, rule, outcome }: Step): string {
  return sourcePointer ?? (outcome === "default" ? `${rule}/default_to` : rule);
}

function spoken({ alertCount, rejectedCount, diagnostics, ran }: Answer): string {
  const problems = count(diagnostics.length, "problem");
  if (!ran) return `Not processed: ${problems}`;
  const rejected = rejectedCount > 0 ? `, ${rejectedCount} rejected` : "";
  return `${count(alertCount, "alert")}${rejected}, ${problems}`;
}

function logo() {
  return html`
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1f5fd0"></rect>
      <path d="M8 10h7M8 16h5M8 22h7" stroke="#fff" stroke-width="2.6" stroke-linecap="round"></path>
      <path d="M18 16h4" stroke="#a9c6ff" stroke-width="2.6" stroke-linecap="round"></path>
      <circle cx="24" cy="16" r="3" fill="#fff"></circle>
    </svg>
  `;
}

customElements.define("oim-playground", OimPlayground);
