/** Writes files so that at every moment, also on a full disk, a file is the old one or the new one. */
import { randomUUID } from "node:crypto";
import { link, lstat, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { unreadable } from "./usage-error.js";

/** Longest start of a name in the name of its unfinished file, so that the whole is not too long for a file system. */
const NAME_START = 100;

/**
 * Writes a text file under another name in the same folder and renames it. A file that exists is overwritten only with
 * `replace`. A symbolic link is refused, because it may lead out of the folder.
 */
export async function writeText(path: string, text: string, { replace }: { replace: boolean }): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path).slice(0, NAME_START)}.${randomUUID()}.tmp`);
  try {
    const mode = await modeOf(path, replace);
    const file = await open(unfinished, "wx");
    try {
      if (mode !== undefined) await file.chmod(mode);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if (replace) await rename(unfinished, path);
    else await renameToNew(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw writeError(error, path);
  }
}

/** The permissions of a file that will be replaced; undefined for a new file. */
async function modeOf(path: string, replace: boolean): Promise<number | undefined> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) throw unreadable(`${path} is a symbolic link and is not written to`);
  if (!replace) throw exists(path);
  if (!found.isFile()) throw unreadable(`${path} is not a file`);
  return found.mode & 0o777;
}

/** Renames without overwriting. */
async function renameToNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw exists(to);
    // Some file systems have no links; that no file has the name was checked before.
    return rename(from, to);
  }
  await rm(from, { force: true });
}

function exists(path: string): Error {
  return unreadable(`${path} exists already and is not overwritten`);
}

const REASONS: Record<string, string> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder does not exist",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file is too large for the file system",
  EBUSY: "another program uses it",
  ENAMETOOLONG: "the name is too long",
};

/** What went wrong, as a sentence. */
export function writeError(error: unknown, path: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? error : unreadable(`${path} cannot be written: ${REASONS[code] ?? message}`);
}
