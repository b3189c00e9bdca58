import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { emit, type RequestSettings } from "../contract.ts";
import { FormSection } from "./section.ts";
import "./text-field.ts";

/** What the request is for. Nothing of it stands in the configuration. */
@customElement("oim-form-request")
export class OimFormRequest extends FormSection {
  override readonly heading = "Request";

  override pointers(): string[] {
    return [];
  }

  override hasContent(): boolean {
    return (this.form.request?.appKey ?? "") !== "";
  }

  override summary(): string {
    const { request } = this.form;
    return request ? `${request.mode}, in ${request.region.toUpperCase()}` : "";
  }

  override content() {
    const { request } = this.form;
    if (!request) return html``;
    return html`
      <div class="choices">
        ${this.#pick("mode", "To", request.mode, [
          ["create", "create"],
          ["update", "update"],
        ])}
        ${this.#pick("region", "in", request.region, [
          ["us", "US"],
          ["eu", "EU"],
        ])}
        <span class="default">
          <span class="word">app key</span>
          <oim-text-field data-focus="request/appKey" label="App key" .value=${request.appKey} placeholder="your app key" @oim-text=${({ detail }: CustomEvent<string>) => emit(this, "oim-request", { appKey: detail.trim() })}></oim-text-field>
        </span>
      </div>
      <p class="hint">${request.mode === "update" ? "An update replaces the whole configuration. The sample may be blank." : "The sample must have every field that the rules name."}</p>
    `;
  }

  #pick<Key extends "mode" | "region">(
    name: Key,
    label: string,
    now: RequestSettings[Key],
    options: [RequestSettings[Key], string][],
  ) {
    return html`
      <label>
        ${label}
        <select data-focus="request/${name}" @change=${(event: Event) => emit(this, "oim-request", { [name]: (event.target as HTMLSelectElement).value } as Partial<RequestSettings>)}>
          ${options.map(([value, text]) => html`<option value=${value} .selected=${live(now === value)}>${text}</option>`)}
        </select>
      </label>
    `;
  }
}
