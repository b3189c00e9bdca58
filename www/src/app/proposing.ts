import type { Diagnostic } from "../engine/types.ts";
import { type Choice, type Message, type Proposal, StaleAnswerError } from "../panels/contract.ts";
import { lastModel } from "../panels/form/model.ts";
import type { Session } from "../state/session.ts";
import { count, withoutCode } from "../text/format.ts";
import type { Column, PanelName } from "./panel-registry.ts";

/** What of the page a proposal needs. */
export interface ProposingPage {
  readonly session: Session;
  readonly tabs: Record<Column, PanelName>;
  readonly messages: {
    /** What a message says of the proposal no longer holds. */
    withdraw(): void;
  };
  readonly linking: {
    /** Leads to a problem in the list of problems, or else to its place. */
    lead(problem: Diagnostic): void;
    /** Shows the place of a problem. */
    goTo(problem: Diagnostic): void;
  };
  proposal: Proposal | null;
  /** Chooses a tab. False where there is none such. */
  open(column: Column, name: PanelName): boolean;
  focusPanel(name: PanelName): void;
  note(message: string | Message): void;
}

/** Has configurations proposed, and puts them in use. */
export class Proposing {
  readonly #page: ProposingPage;
  readonly #fix: (problem: Diagnostic) => void;
  /** The payloads that the proposal is for. */
  #payloads: string[] = [];

  /** `fix` takes the suggestion of a problem. */
  constructor(page: ProposingPage, fix: (problem: Diagnostic) => void) {
    this.#page = page;
    this.#fix = fix;
  }

  /** Has a configuration proposed, shows it and gives it the focus. Without a panel for it, it is used at once. */
  async suggest(): Promise<void> {
    const page = this.#page;
    if (page.session.payload.isBlank) return this.#wantPayload();
    try {
      const { proposal, problem } = await this.#ask();
      if (!proposal) return this.#refuse(problem);
      const open = proposal.reasons.filter(({ confidence }) => confidence !== "high").length;
      const toCheck = open > 0 ? `, with ${count(open, "choice")} to check` : "";
      page.proposal = proposal;
      if (page.open("rules", "proposal")) {
        page.focusPanel("proposal");
        page.note(`A configuration is proposed${toCheck}. It is not in use yet.`);
      } else {
        page.proposal = null;
        page.session.config.replace(proposal.text);
        page.note({ text: `The proposed configuration is in use now${toCheck}.`, undo: true });
      }
    } catch (error) {
      if (!(error instanceof StaleAnswerError)) throw error;
      this.#page.note({ text: "The payload has changed. Select Suggest again.", kind: "error", ofTexts: true });
    }
  }

  /** The payloads may be others than those that the shown proposal is for. */
  async suggestAgain(): Promise<void> {
    const { proposal, session } = this.#page;
    const { payloads } = session;
    if (
      !proposal ||
      (payloads.length === this.#payloads.length && payloads.every((text, at) => text === this.#payloads[at]))
    )
      return;
    try {
      const again = await this.#ask();
      // It may have been used in the meantime. One that is read stays while the payload is being edited into none.
      if (this.#page.proposal && again.proposal) this.#page.proposal = again.proposal;
    } catch (error) {
      // The next answer asks again.
      if (!(error instanceof StaleAnswerError)) throw error;
    }
  }

  /** Puts the proposed configuration in use, or leaves the present one. */
  end = ({ detail }: CustomEvent<string | null>): void => {
    this.#page.proposal = null;
    this.#page.messages.withdraw();
    if (detail !== null) {
      this.#page.session.config.replace(detail);
      this.#page.note({ text: "The proposed configuration is in use now.", undo: true });
    }
    this.#page.open("rules", "form");
    this.#page.focusPanel("form");
  };

  #wantPayload(): void {
    this.#page.open("input", "payload");
    this.#page.focusPanel("payload");
    this.#page.note("There is no payload yet. Paste the JSON your tool sends, then select Suggest.");
  }

  /** Names the problem that stands in the way, and leads to it. */
  #refuse(problem: Diagnostic | undefined): void {
    const { linking } = this.#page;
    if (!problem) return this.#page.note({ text: "No proposal.", kind: "error", ofTexts: true });
    const { message, range, suggestion } = problem;
    const choices: Choice[] = [];
    if (suggestion) choices.push({ label: `Fix: ${withoutCode(suggestion.title)}`, run: () => this.#fix(problem) });
    if (range) choices.push({ label: "Go there", run: () => linking.goTo(problem) });
    const place = range ? `Payload, line ${range.line}, column ${range.column}: ` : "";
    this.#page.note({ text: `No proposal. ${place}${withoutCode(message)}.`, kind: "error", ofTexts: true, choices });
    linking.lead(problem);
  }

  async #ask(): Promise<{ proposal: Proposal | null; problem: Diagnostic | undefined }> {
    const { session } = this.#page;
    const { payloads } = session;
    const version = lastModel(session.config.text)?.version ?? "1";
    const { text, reasons, diagnostics } = await session.suggest(version);
    this.#payloads = payloads;
    return { proposal: text === null ? null : { text, reasons }, problem: diagnostics[0] };
  }
}
