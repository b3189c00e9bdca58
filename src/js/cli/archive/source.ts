/** Archives as they are kept: plain, or compressed with gzip or Zstandard, which their first bytes show. */
import { Readable } from "node:stream";
import { readChunks, type Source, sourceOf } from "../process/source.js";
import { unreadable } from "../usage-error.js";

/** So much is decompressed from at once, in bytes. */
const CHUNK = 64 * 1024;
const SIGNATURE = 4;

/** An archive that breaks off or is damaged. What stands before that place was read. */
export class Damaged extends Error {}

/** Opens what a name means, to be read without compression. */
export async function archiveOf(path: string): Promise<Source> {
  return uncompressed(await sourceOf(path));
}

/** Looks at the first bytes when they are read, since there may be more files than can be open. */
export function uncompressed(source: Source): Source {
  let reading: Pick<Source, "read"> | undefined;
  return {
    name: source.name,
    // What is read of a compressed file is longer.
    size: /\.(gz|zst)$/i.test(source.name) ? undefined : source.size,
    read(buffer, at) {
      return reading === undefined ? start(buffer, at) : reading.read(buffer, at);
    },
    close: () => source.close(),
  };

  async function start(buffer: Uint8Array, at: number): Promise<number> {
    const head = new Uint8Array(SIGNATURE);
    let filled = 0;
    for (let count = 1; count > 0 && filled < SIGNATURE; filled += count) count = await source.read(head, filled);
    reading = await readerOf(head.subarray(0, filled), source);
    return reading.read(buffer, at);
  }
}

async function readerOf(head: Uint8Array, source: Source): Promise<Pick<Source, "read">> {
  const starts = (...bytes: number[]) => bytes.every((byte, place) => head[place] === byte);
  const plain = replayed(head, source);
  if (starts(0x1f, 0x8b)) return decompressed(source.name, plain, (await import("node:zlib")).createGunzip());
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) {
    // Not in Node 20.
    const create = ((await import("node:zlib")) as { createZstdDecompress?: () => NodeJS.ReadWriteStream })
      .createZstdDecompress;
    if (create !== undefined) return decompressed(source.name, plain, create());
    throw unreadable(
      `${source.name} is compressed with Zstandard, which Node ${process.version} cannot read; use Node 22.15 or newer, or \`zstd -dc\` and a pipe`,
    );
  }
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) {
    throw unreadable(`${source.name} is not UTF-8 but UTF-16; save it as UTF-8`);
  }
  return plain;
}

/** What was read already, and then the rest. */
export function replayed(before: Uint8Array, source: Pick<Source, "read">): Pick<Source, "read"> {
  let rest = before;
  return {
    read(buffer, at) {
      if (rest.length === 0) return source.read(buffer, at);
      const part = rest.subarray(0, buffer.length - at);
      buffer.set(part, at);
      rest = rest.subarray(part.length);
      return part.length;
    },
  };
}

function decompressed(
  name: string,
  source: Pick<Source, "read">,
  through: NodeJS.ReadWriteStream,
): Pick<Source, "read"> {
  const compressed = Readable.from(chunksOf(source), { objectMode: false });
  compressed.on("error", (error) => (through as Readable & NodeJS.ReadWriteStream).destroy(error));
  const chunks = (compressed.pipe(through) as unknown as Readable)[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const next = () =>
    chunks.next().catch((error: NodeJS.ErrnoException) => {
      // Those of the file itself have other codes.
      if (!/^(Z_|ERR_ZSTD|ZSTD_)/.test(error.code ?? "")) throw error;
      const why = error.code === "Z_BUF_ERROR" ? "breaks off" : `is damaged (${error.message})`;
      throw new Damaged(`${name} ${why}; what stands before that place was read`);
    });
  return { read: readChunks(next) };
}

async function* chunksOf(source: Pick<Source, "read">): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = new Uint8Array(CHUNK);
    const count = await source.read(chunk, 0);
    if (count === 0) return;
    yield chunk.subarray(0, count);
  }
}
