import { defaultRangeExtractor, type VirtualItem, VirtualizerController } from "@tanstack/lit-virtual";
import type { ReactiveControllerHost } from "lit";

/** Items drawn beyond the edges, so that the Tab key always finds a next one. */
const OVERSCAN = 4;
/** Pixels of the list that are drawn at first. */
const FIRST_VIEW = 200;

export interface VirtualListOptions {
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
export class VirtualList {
  readonly #host: ReactiveControllerHost;
  readonly #controller: VirtualizerController<Element, Element>;
  /** An item that stays drawn when it leaves the view, since it has the focus. */
  pinned: number | null = null;

  constructor(host: ReactiveControllerHost, { scroller, height, padding = 0, gap = 0 }: VirtualListOptions) {
    this.#host = host;
    this.#controller = new VirtualizerController<Element, Element>(host, {
      count: 0,
      getScrollElement: scroller,
      estimateSize: () => height,
      paddingStart: padding,
      paddingEnd: padding,
      gap,
      overscan: OVERSCAN,
      // So that items are drawn before the size of the view is known, and not in a second pass over the page.
      initialRect: { width: 0, height: FIRST_VIEW },
      // Observers report sizes before anything is painted. Asking for one would have the browser lay out the page in the
      // middle of its work, and once more behind it.
      observeElementRect: ({ scrollElement }, report) => (scrollElement ? observe(scrollElement, report) : undefined),
      measureElement: (item, entry, list) =>
        entry?.borderBoxSize?.[0]
          ? Math.round(entry.borderBoxSize[0].blockSize)
          : (list.measurementsCache[list.indexFromElement(item)]?.size ?? height),
      rangeExtractor: (range) => {
        const drawn = defaultRangeExtractor(range);
        const { pinned } = this;
        if (pinned === null || pinned >= range.count || drawn.includes(pinned)) return drawn;
        return [...drawn, pinned].sort((a, b) => a - b);
      },
    });
  }

  get #list() {
    return this.#controller.getVirtualizer();
  }

  set count(count: number) {
    if (count !== this.#list.options.count) this.#list.setOptions({ ...this.#list.options, count });
  }

  get items(): VirtualItem[] {
    return this.#list.getVirtualItems();
  }

  /** The height of all items together, in pixels. */
  get height(): number {
    return this.#list.getTotalSize();
  }

  /** Measures the items drawn. Each carries its index in `data-index`. */
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

function observe(element: Element, report: (size: { width: number; height: number }) => void): () => void {
  const observer = new ResizeObserver(([entry]) => {
    const box = entry?.borderBoxSize[0];
    if (box) report({ width: Math.round(box.inlineSize), height: Math.round(box.blockSize) });
  });
  observer.observe(element);
  return () => observer.disconnect();
}
