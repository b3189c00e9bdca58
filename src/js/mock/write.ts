/**
 * Writes files of a folder. A file is written under another name, brought to the disk and then renamed, so that at every
 * moment, also in that of a power cut, it is the old one or the new one.
 */
import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Writes a file as a whole. Its unfinished file begins with `stem`. `before` runs right before the file is replaced. */
export async function writeWhole(
  folder: string,
  name: string,
  stem: string,
  bytes: Uint8Array,
  before: (path: string) => Promise<void> = async () => {},
): Promise<void> {
  const path = join(folder, name);
  const unfinished = join(folder, `${stem}.${randomUUID()}.tmp`);
  try {
    await withFile(unfinished, "wx", async (file) => {
      await file.writeFile(bytes);
      await file.sync();
    });
    await before(path);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
  // Windows has no way to do this, and its file system keeps renames in order.
  if (process.platform !== "win32") await withFile(folder, "r", (handle) => handle.sync());
}

/**
 * Makes a folder and those above it, if they are missing. Node's `recursive` would try without end where a file system
 * answers that a folder, which is there, is not, as `/proc` does.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const above = dirname(path);
    if (code === "ENOENT" && above !== path) {
      await makeFolder(above);
      await mkdir(path);
    } else if (!(await stat(path).catch(() => undefined))?.isDirectory()) throw error;
  }
}

async function withFile(path: string, flags: string, work: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await work(file);
  } finally {
    await file.close();
  }
}
