import { html, type TemplateResult } from "lit";

/** Shows the parts of a message that stand in back-ticks as code. Everything stays a text node. */
export function withCode(message: string): (string | TemplateResult)[] {
  return message.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
