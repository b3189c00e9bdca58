/** Files that are dropped on an element. */

/** What was dropped: files, and the names of folders, which are not opened. */
export interface Dropped {
  files: File[];
  folders: string[];
}

/**
 * Reports files dropped on `target`, which has the attribute `dropping` while some are held over it. Text that is
 * dragged is left to the editors. Gives the function that ends it.
 */
export function onDrop(target: HTMLElement, dropped: (what: Dropped) => void): () => void {
  const end = new AbortController();
  /** Of the elements below `target` one is left after the next is entered. */
  let depth = 0;
  const over = (now: number): void => {
    depth = Math.max(0, now);
    target.toggleAttribute("dropping", depth > 0);
  };
  const on = (type: string, act: (event: DragEvent, transfer: DataTransfer) => void): void => {
    const listener = (event: Event): void => {
      const { dataTransfer } = event as DragEvent;
      if (!dataTransfer?.types.includes("Files")) return;
      // Else the browser leaves the page for the file.
      event.preventDefault();
      act(event as DragEvent, dataTransfer);
    };
    target.addEventListener(type, listener, { capture: true, signal: end.signal });
  };
  on("dragenter", () => over(depth + 1));
  on("dragleave", () => over(depth - 1));
  on("dragover", (_, transfer) => (transfer.dropEffect = "copy"));
  on("drop", (event, transfer) => {
    event.stopPropagation();
    over(0);
    dropped(filesOf(transfer));
  });
  return () => {
    end.abort();
    over(0);
  };
}

/** The files of a drop or a paste. */
export function filesOf(transfer: DataTransfer): Dropped {
  const files: File[] = [];
  const folders: string[] = [];
  for (const item of transfer.items) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry();
    const file = entry?.isDirectory ? null : item.getAsFile();
    if (entry?.isDirectory) folders.push(entry.name);
    else if (file) files.push(file);
  }
  return { files, folders };
}
