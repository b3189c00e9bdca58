/** Room between a popup and what it belongs to, and the edges of the window. In pixels. */
const GAP = 4;
const EDGE = 8;

/**
 * Shows an element with a `popover` attribute below what it belongs to, above it where there is more room. It stands in
 * the top layer, so that no panel cuts it off.
 */
export function showBelow(popup: HTMLElement, anchor: Pick<HTMLElement, "getBoundingClientRect">): void {
  if (!popup.isConnected) return;
  if (!popup.matches(":popover-open")) popup.showPopover();
  const { top, bottom, left } = anchor.getBoundingClientRect();
  const below = innerHeight - bottom - GAP - EDGE;
  const above = top - GAP - EDGE;
  const up = below < Math.min(popup.scrollHeight, 240) && above > below;
  const { style } = popup;
  style.maxHeight = `${Math.max(80, up ? above : below)}px`;
  style.left = `${Math.max(EDGE, Math.min(left, innerWidth - popup.offsetWidth - EDGE))}px`;
  style.top = up ? "auto" : `${bottom + GAP}px`;
  style.bottom = up ? `${innerHeight - top + GAP}px` : "auto";
}

/** Hides it. */
export function hide(popup: HTMLElement | null | undefined): void {
  if (popup?.matches(":popover-open")) popup.hidePopover();
}
