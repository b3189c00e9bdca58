import type { OimShare } from "../share/dialog.ts";
import type { Shared } from "../share/link.ts";

/** What of the page decides on the link that is made of it. */
interface Page {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly standalone: boolean;
  readonly shareUrl: string | null;
  readonly shareKey: string | null;
}

/** Somebody can open a link that is made here. */
export function canShare({ standalone, shareUrl, shareKey }: Page): boolean {
  return standalone || shareUrl !== null || shareKey !== null;
}

/** Opens the dialog that makes a link; its code is there. */
export async function share({ renderRoot, shareUrl, shareKey }: Page, state: Shared): Promise<void> {
  const dialog = renderRoot.querySelector<OimShare>("oim-share");
  if (!dialog) return;
  const elsewhere = shareUrl !== null;
  dialog.state = state;
  dialog.base = elsewhere ? new URL(shareUrl, document.baseURI).href.replace(/#.*$/s, "") : "";
  dialog.key = elsewhere ? "" : (shareKey ?? "");
  await dialog.show();
}
