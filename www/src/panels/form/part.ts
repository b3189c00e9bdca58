import { consume } from "@lit/context";
import { LitElement } from "lit";
import { state } from "lit/decorators.js";
import { type FormView, formContext } from "./context.ts";

/** A part of the form. It takes the focus that an edit meant for it, and comes into view when it is selected. */
export abstract class FormPart extends LitElement {
  @consume({ context: formContext, subscribe: true })
  @state()
  form!: FormView;
  #selected = "";

  override updated(): void {
    this.form.takeFocus(this.renderRoot);
    if (this.form.selected === this.#selected) return;
    this.#selected = this.form.selected;
    const chosen = this.renderRoot.querySelector<HTMLElement>(".chosen");
    if (chosen) this.form.reveal(chosen);
  }
}
