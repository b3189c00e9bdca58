import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { shared } from "../styles/shared.ts";

/** How far a key moves it, in percent; with Shift further. */
const STEP = 2;
const LEAP = 10;

/**
 * A line between two panels that can be moved: with the pointer, the arrow keys, Home and End. A double click takes it
 * back to where it was at first.
 *
 * @fires oim-split - It was moved; the detail is its place in percent, `null` for the first one.
 */
@customElement("oim-splitter")
export class OimSplitter extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        position: relative;
        z-index: 1;
        touch-action: none;
      }

      div {
        position: absolute;
        inset: 0;
        border-radius: 4px;
        cursor: col-resize;
      }

      :host([across]) div {
        cursor: row-resize;
      }

      div::before {
        position: absolute;
        inset: 0 calc(50% - 1px);
        border-radius: 1px;
        content: "";
      }

      :host([across]) div::before {
        inset: calc(50% - 1px) 0;
      }

      div:hover::before,
      div:focus-visible::before {
        background: var(--oim-accent);
      }

      @media (forced-colors: active) {
        div:hover::before,
        div:focus-visible::before {
          background: Highlight;
        }
      }
    `,
  ];

  @property() label = "";
  /** In percent of the element that it is in. */
  @property({ type: Number }) value = 50;
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 100;
  /** It lies between panels above and below each other. */
  @property({ type: Boolean, reflect: true }) across = false;

  override render() {
    const { label, value, min, max, across } = this;
    return html`
      <div
        role="separator"
        tabindex="0"
        title="Drag, or use the arrow keys"
        aria-label=${label}
        aria-orientation=${across ? "horizontal" : "vertical"}
        aria-valuenow=${Math.round(value)}
        aria-valuemin=${Math.round(min)}
        aria-valuemax=${Math.round(max)}
        aria-valuetext="${Math.round(value)} %"
        @keydown=${this.#key}
        @pointerdown=${this.#grab}
        @pointermove=${this.#drag}
        @dblclick=${() => this.#emit(null)}
      ></div>
    `;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("min") || changed.has("max") || changed.has("value"))
      this.value = Math.min(Math.max(this.value, this.min), this.max);
  }

  #key = (event: KeyboardEvent): void => {
    const { value, min, max, across } = this;
    const step = event.shiftKey ? LEAP : STEP;
    const [less, more] = across ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const to = { [less]: value - step, [more]: value + step, Home: min, End: max }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#emit(to);
  };

  #grab = (event: PointerEvent): void => {
    if (event.button === 0) (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };

  #drag = ({ currentTarget, pointerId, clientX, clientY }: PointerEvent): void => {
    const area = this.parentElement?.getBoundingClientRect();
    if (!area || !(currentTarget as HTMLElement).hasPointerCapture(pointerId)) return;
    this.#emit(this.across ? ((clientY - area.top) / area.height) * 100 : ((clientX - area.left) / area.width) * 100);
  };

  #emit(to: number | null): void {
    const detail = to === null ? null : Math.min(Math.max(to, this.min), this.max);
    this.dispatchEvent(new CustomEvent("oim-split", { detail }));
  }
}
