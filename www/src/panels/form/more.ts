/** The smaller sections: which alerts, the time, what identifies an alert, switches, the request. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { remove, set } from "../../json/edit.ts";
import { showTime, withCode } from "../../text/format.ts";
import { decides, outcome } from "../../text/trace.ts";
import { emit, type RequestSettings } from "../contract.ts";
import { addItem, setOr, tagNames, usualIdentity } from "./changes.ts";
import { chips, problems, textField } from "./controls.ts";
import type { OimForm } from "./form.ts";

/** The formats that have a name; anything else is a pattern. */
const FORMATS = ["iso8601", "epoch_seconds", "epoch_milliseconds", "epoch_microseconds", "epoch_nanoseconds"];
const A_PATTERN = "%Y-%m-%d %H:%M:%S";

/** One alert or several, and where they are. */
export function alertsSection(form: OimForm): TemplateResult {
  const { model } = form;
  const { base, isArray, arraySource } = model;
  const arrays = form.fields.filter(({ type, path }) => type === "array" && !path.startsWith("@alert."));
  const objects = arrays.filter(({ example }) => example.startsWith("[{"));
  const options = [...objects, ...arrays.filter((field) => !objects.includes(field))].map(({ path, example }) => ({
    value: path,
    note: example,
  }));
  const first = objects[0]?.path;
  const choose = (several: boolean) => {
    const changes = [set([...base, "is_array"], several)];
    if (several && arraySource === null && first !== undefined) changes.push(set([...base, "array_source"], first));
    form.edit(changes, { say: several ? "several alerts in a payload" : "one alert in a payload" });
  };
  const pointer = pointerIn(form, "array_source");
  return html`
    <section class="part ${form.isSelected(pointer) || form.isSelected(pointerIn(form, "is_array")) ? "chosen" : ""}" aria-labelledby="several" data-rule=${pointer}>
      <header><h3 id="several">Alerts in the payload</h3></header>
      <div class="choices" role="radiogroup" aria-labelledby="several">
        ${radio(form, "several", "one", "One", !isArray, () => choose(false))} ${radio(form, "several", "many", "Several, in the list", isArray, () => choose(true))}
        ${
          isArray
            ? html`
              ${
                arraySource === ""
                  ? html`<span class="mono">the payload itself</span>`
                  : textField(form, {
                      key: "array_source",
                      label: "Path of the list of alerts",
                      value: arraySource ?? "",
                      placeholder: "path",
                      className: "path",
                      commit: (text) => form.edit([set([...base, "array_source"], text.trim())]),
                    })
              }
              <oim-pick
                data-focus="array_source/+"
                .label=${"Choose the list of alerts"}
                .placeholder=${"choose…"}
                .options=${[...options, { value: "(the payload itself)", note: "when it is a list" }]}
                .disabled=${form.locked}
                @oim-picked=${({ detail }: CustomEvent<string>) => form.edit([set([...base, "array_source"], detail.startsWith("(") ? "" : detail)], { focus: "array_source/+", say: `alerts are in ${detail}` })}
              ></oim-pick>
            `
            : nothing
        }
      </div>
      ${
        !isArray && first !== undefined && form.fields.length > 0 && !form.locked
          ? html`<p class="hint">The payload has a list of objects, <code>${first}</code>. If these are the alerts, choose “Several”.</p>`
          : nothing
      }
      ${problems(form, [...form.problemsAt(pointer), ...form.problemsAt(pointerIn(form, "is_array"))])}
    </section>
  `;
}

/** When it happened. */
export function timeSection(form: OimForm): TemplateResult {
  const { time } = form.model;
  const open = time.there || form.opened.has("time");
  const pattern = time.format !== null && !FORMATS.includes(time.format);
  const receipt = () => {
    form.opened.delete("time");
    form.edit(time.there ? [remove(time.path)] : [], { say: "time of receipt" });
  };
  const pickFormat = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    form.edit(
      [value === "pattern" ? set([...time.path, "format"], A_PATTERN) : setOr([...time.path, "format"], value)],
      { focus: value === "pattern" ? "time/pattern" : "time/format" },
    );
  };
  const format = html`
    <label class="word">
      as
      <select data-focus="time/format" aria-label="Format of the time" ?disabled=${form.locked} @change=${pickFormat}>
        <option value="" .selected=${live(!pattern && !time.format)}>detected automatically</option>
        ${FORMATS.map((name) => html`<option value=${name} .selected=${live(!pattern && time.format === name)}>${name}</option>`)}
        <option value="pattern" .selected=${live(pattern)}>pattern…</option>
      </select>
    </label>
    ${
      pattern
        ? textField(form, {
            key: "time/pattern",
            label: "Pattern of the time, such as %d/%m/%Y %H:%M:%S %z",
            value: time.format ?? "",
            placeholder: A_PATTERN,
            className: "path",
            commit: (text) => form.edit([setOr([...time.path, "format"], text)]),
          })
        : nothing
    }
  `;
  return html`
    <section class="part ${form.isSelected(time.pointer) ? "chosen" : ""}" aria-labelledby="time" data-rule=${time.pointer}>
      <header @click=${() => form.select(time.pointer)}><h3 id="time">Event time</h3></header>
      <div class="choices" role="radiogroup" aria-labelledby="time">
        ${radio(form, "time", "receipt", "Time of receipt", !open, receipt)}
        ${radio(form, "time", "field", "A field of the payload", open, () => {
          form.opened.add("time");
          form.requestUpdate();
        })}
      </div>
      ${
        open
          ? html`
            <div class="below">
              <span class="word">from</span>
              ${chips(form, { list: time.source, key: "time/source", group: "sources", label: "sources of the time", noun: "source", options: form.sources, placeholder: "+ field", tail: format })}
            </div>
            ${time.format !== null ? html`<p class="hint">BigPanda does not document how the API handles a format.</p>` : nothing}
          `
          : nothing
      }
      ${reading(form)} ${problems(form, form.problemsAt(time.pointer))}
    </section>
  `;
}

/** How the time of the alert that is looked at came about. */
function reading({ tracedAlert }: OimForm): TemplateResult | typeof nothing {
  if (!tracedAlert) return nothing;
  const step = tracedAlert.steps.findLast((one) => one.kind === "timestamp" && decides(one));
  const failed = tracedAlert.steps.filter((one) => one.kind === "timestamp" && one.outcome === "unreadable");
  const time = showTime(tracedAlert.alert.timestamp);
  return html`
    <p class="hint reading">
      ${failed.map((one) => html`<span class="warning"><code>${one.source ?? ""}</code> ${withCode(outcome(one).words)}. </span>`)}
      ${time ? html`<time datetime=${time.iso}>${time.local}</time> · ${time.utc}` : nothing}
      ${step?.source ? html` · ${step.detail ?? "read"} from <code>${step.source}</code>` : html` · time of receipt`}
    </p>
  `;
}

/** What makes two alerts the same. */
export function identitySection(form: OimForm): TemplateResult {
  const { model } = form;
  const { identity, base } = model;
  const path = [...base, "incident_identifier"];
  const pointer = pointerIn(form, "incident_identifier");
  const open = identity !== null || form.opened.has("identity");
  const list = identity ?? { path, items: [], state: "missing" as const };
  const usual = usualIdentity(model);
  const choices = tagNames(model).filter((name) => !list.items.some(({ text }) => text === name));
  return html`
    <section class="part ${form.isSelected(pointer) ? "chosen" : ""}" aria-labelledby="identity" data-rule=${pointer}>
      <header><h3 id="identity">Deduplication tags</h3></header>
      <div class="choices" role="radiogroup" aria-labelledby="identity">
        ${radio(form, "identity", "default", "Primary and secondary, as recommended", !open, () => {
          form.opened.delete("identity");
          form.edit(identity ? [remove(path)] : [], { say: "the default" });
        })}
        ${radio(form, "identity", "chosen", "These tags", open, () => {
          form.opened.add("identity");
          form.edit(identity || usual.length === 0 ? [] : [set(path, usual)], { say: "chosen tags" });
        })}
      </div>
      ${
        open
          ? html`
            <div class="below">
              ${chips(form, {
                list,
                key: "identity/tags",
                label: "tags that identify an alert",
                noun: "tag",
                options: choices.map((value) => ({ value })),
                placeholder: "+ tag",
                add: (text) => form.edit([addItem(list, text)], { focus: "identity/tags/+", say: `${text} added` }),
              })}
            </div>
            <p class="hint warning">
              BigPanda recommends the default. Another choice can create a mismatch between alerts that are reported through different integrations, and may give
              duplicate incidents or alerts that fail to resolve.
            </p>
          `
          : nothing
      }
      ${problems(form, form.problemsAt(pointer, open ? ["identifier-override"] : []))}
    </section>
  `;
}

/** Switches of the configuration and of the preview. */
export function switchSection(form: OimForm): TemplateResult {
  const { base, bpTimestamp, forceLowercase, mapRemaining, properties } = form.model;
  const item = (
    key: string,
    label: string,
    note: string,
    on: boolean,
    turn: (on: boolean) => void,
    pointer?: string,
  ) => html`
    <div class="turn ${pointer && form.isSelected(pointer) ? "chosen" : ""}" data-rule=${pointer ?? nothing}>
      <label class="check">
        <input type="checkbox" data-focus="switch/${key}" .checked=${live(on)} ?disabled=${form.locked} @change=${(event: Event) => turn((event.target as HTMLInputElement).checked)} />
        ${label}
      </label>
      <span class="hint">${withCode(note)}</span>
      ${pointer ? problems(form, form.problemsAt(pointer)) : nothing}
    </div>
  `;
  return html`
    <section class="part" aria-labelledby="switches">
      <header><h3 id="switches">Further</h3></header>
      ${item("bp", "A readable time", "adds the tag `bp_timestamp`", bpTimestamp, (on) => form.edit([on ? set([...base, "bp_timestamp", "is_selected"], true) : remove([...base, "bp_timestamp"])]), pointerIn(form, "bp_timestamp"))}
      ${item("lower", "Names in lower case", "for tag names that come from keys of the payload", forceLowercase, (on) => form.edit([setOr([...base, "force_lowercase"], on)]), pointerIn(form, "force_lowercase"))}
      ${
        properties
          ? item(
              "remaining",
              "Tags from the remaining fields",
              "`map_remaining`: fields that no rule uses become tags",
              mapRemaining,
              (on) => form.edit([setOr([...base, "map_remaining"], on)]),
              pointerIn(form, "map_remaining"),
            )
          : nothing
      }
      ${properties && mapRemaining ? nothing : item("additional", "Show additional tags", "in the preview only: fields that no rule uses become tags", form.additional === "map", (on) => emit(form, "oim-additional", on ? "map" : "ignore"))}
    </section>
  `;
}

/** What the request is for. Nothing of it stands in the configuration. */
export function requestSection(form: OimForm): TemplateResult | typeof nothing {
  const { request } = form;
  if (!request) return nothing;
  const pick = <Key extends "mode" | "region">(
    name: Key,
    label: string,
    options: [RequestSettings[Key], string][],
  ) => html`
    <label>
      ${label}
      <select data-focus="request/${name}" @change=${(event: Event) => emit(form, "oim-request", { [name]: (event.target as HTMLSelectElement).value } as Partial<RequestSettings>)}>
        ${options.map(([value, text]) => html`<option value=${value} .selected=${live(request[name] === value)}>${text}</option>`)}
      </select>
    </label>
  `;
  return html`
    <section class="part" aria-labelledby="request">
      <header><h3 id="request">Request</h3></header>
      <div class="choices">
        ${pick("mode", "To", [
          ["create", "create"],
          ["update", "update"],
        ])} ${pick("region", "in", [
          ["us", "US"],
          ["eu", "EU"],
        ])}
        <label>
          app key
          ${textField(form, { key: "request/appKey", label: "App key", value: request.appKey, placeholder: "your app key", className: "path", commit: (text) => emit(form, "oim-request", { appKey: text.trim() }) })}
        </label>
      </div>
      ${request.mode === "update" ? html`<p class="hint">An update replaces the whole configuration. The sample may be blank.</p>` : html`<p class="hint">The sample must hold every field that the rules name.</p>`}
    </section>
  `;
}

function radio(
  form: OimForm,
  name: string,
  key: string,
  label: string,
  on: boolean,
  choose: () => void,
): TemplateResult {
  return html`
    <label class="check">
      <input type="radio" name=${name} data-focus="${name}/${key}" .checked=${live(on)} ?disabled=${form.locked} @change=${choose} />
      ${label}
    </label>
  `;
}

function pointerIn({ model }: OimForm, name: string): string {
  return [...model.base, name].map((step) => `/${step}`).join("");
}
