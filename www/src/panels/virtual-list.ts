import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Items drawn beyond the edges, so that the Tab key always finds a next one. */
const OVERSCAN = 4;

export interface VirtualOptions {
  /** The element that scrolls, inside the host. */
  scroller: () => Element | null;
  /** The usual height of an item in pixels. */
  height: number;
  /** Pixels above the first and below the last item. */
  padding?: number;
  /** Pixels between two items. */
  gap?: number;
}

/** A list of which only the part in view is drawn. */
export class Virtual implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: ConstructorParameters<typeof Virtualizer<Element, Element>>[0];
  readonly #list: Virtualizer<Element, Element>;
  #unmount: (() => void) | undefined;
  #pinned: number | null = null;

  constructor(host: ReactiveControllerHost, { scroller, height, padding = 0, gap = 0 }: VirtualOptions) {
    this.#host = host;
    host.addController(this);
    this.#options = {
      count: 0,
      getScrollElement: scroller,
      estimateSize: () => height,
      paddingStart: padding,
      paddingEnd: padding,
      gap,
      overscan: OVERSCAN,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => host.requestUpdate(),
      rangeExtractor: (range) => {
        const drawn = defaultRangeExtractor(range);
        const pinned = this.#pinned;
        if (pinned === null || pinned >= range.count || drawn.includes(pinned)) return drawn;
        return [...drawn, pinned].sort((a, b) => a - b);
      },
    };
    this.#list = new Virtualizer(this.#options);
  }

  hostConnected(): void {
    this.#unmount = this.#list._didMount();
  }

  hostDisconnected(): void {
    this.#unmount?.();
  }

  hostUpdated(): void {
    this.#list._willUpdate();
  }

  set count(count: number) {
    if (count === this.#options.count) return;
    this.#options.count = count;
    this.#list.setOptions({ ...this.#options });
  }

  /** An item that stays drawn when it leaves the view, since it has the focus. */
  set pinned(index: number | null) {
    this.#pinned = index;
  }

  get items(): VirtualItem[] {
    return this.#list.getVirtualItems();
  }

  /** The height of all items together, in pixels. */
  get height(): number {
    return this.#list.getTotalSize();
  }

  /** Learns the true height of the items drawn. Each carries its index in `data-index`. */
  measure(items: Iterable<Element>): void {
    for (const item of items) this.#list.measureElement(item);
    this.#list.measureElement(null);
  }

  /** Scrolls an item into view. It may be drawn some updates later. */
  show(index: number): void {
    this.#list.scrollToIndex(index, { align: "auto" });
    this.#host.requestUpdate();
  }
}
