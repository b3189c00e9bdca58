import { type Message, type Proposal, StaleAnswerError } from "../panels/contract.ts";
import { lastModel } from "../panels/form/model.ts";
import type { Session } from "../state/session.ts";
import { count } from "../text/format.ts";
import type { Column, PanelName } from "./panel-registry.ts";

/** What of the page a proposal needs. */
export interface ProposingPage {
  readonly session: Session;
  readonly tabs: Record<Column, PanelName>;
  proposal: Proposal | null;
  open(column: Column, name: PanelName): void;
  focusPanel(name: PanelName): void;
  note(message: string | Message): void;
}

/** Has configurations proposed, and puts them in use. */
export class Proposing {
  readonly #page: ProposingPage;
  /** The payloads that the proposal is for. */
  #payloads: string[] = [];

  constructor(page: ProposingPage) {
    this.#page = page;
  }

  /** Has a configuration proposed, shows it and gives it the focus. */
  async suggest(): Promise<void> {
    try {
      const { proposal, problem } = await this.#ask();
      this.#page.proposal = proposal;
      this.#page.open("rules", "proposal");
      this.#page.focusPanel("proposal");
      const open = proposal.reasons.filter(({ confidence }) => confidence !== "high").length;
      if (proposal.text === null) return this.#page.note({ text: `No proposal${problem}.`, kind: "error" });
      const toCheck = open > 0 ? `, with ${count(open, "choice")} to check` : "";
      this.#page.note(`A configuration is proposed${toCheck}. It is not in use yet.`);
    } catch (error) {
      if (!(error instanceof StaleAnswerError)) throw error;
      this.#page.note({ text: "The payload has changed. Select Suggest again.", kind: "error" });
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
      if (this.#page.proposal && again.proposal.text !== null) this.#page.proposal = again.proposal;
    } catch (error) {
      // The next answer asks again.
      if (!(error instanceof StaleAnswerError)) throw error;
    }
  }

  /** Puts the proposed configuration in use, or leaves the present one. */
  end = ({ detail }: CustomEvent<string | null>): void => {
    this.#page.proposal = null;
    if (detail !== null) {
      this.#page.session.config.replace(detail);
      this.#page.note({ text: "The proposed configuration is in use now.", undo: true });
    }
    this.#page.open("rules", "form");
    this.#page.focusPanel("form");
  };

  async #ask(): Promise<{ proposal: Proposal; problem: string }> {
    const { session } = this.#page;
    const { payloads } = session;
    const version = lastModel(session.config.text)?.version ?? "1";
    const { text, reasons, diagnostics } = await session.suggest(version);
    this.#payloads = payloads;
    const [first] = diagnostics;
    return { proposal: { text, reasons }, problem: first ? `: ${first.message.replaceAll("`", "")}` : "" };
  }
}
