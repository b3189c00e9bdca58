/** Reads the body of a request, whatever its sender does. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Reply, errorReply } from "./reply.js";

/** How much of a body that nobody wants is read, in bytes, so that its sender gets to see the answer. */
const DISCARD_LIMIT = 16 * 1024 * 1024;

/** The body, or the answer to a body that is not taken, or nothing when the sender is gone. */
export type Body = { bytes: Uint8Array } | { refused: Reply } | undefined;

/** Reads a body of at most `limit` bytes. */
export async function readBody(request: IncomingMessage, response: ServerResponse, limit: number): Promise<Body> {
  const { "content-encoding": encoding = "identity", "transfer-encoding": transfer = "chunked" } = request.headers;
  if (encoding.trim().toLowerCase() !== "identity") {
    const help = "send the body as it is";
    return { refused: errorReply(415, `the content encoding \`${truncate(encoding)}\` is not supported; ${help}`) };
  }
  if (transfer.trim().toLowerCase() !== "chunked") {
    return {
      refused: errorReply(400, `the transfer encoding \`${truncate(transfer)}\` is not supported; use \`chunked\``),
    };
  }
  if (Number(request.headers["content-length"] ?? 0) > limit) return { refused: tooLarge(limit) };
  if (expectsContinue(request)) response.writeContinue();
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on("data", (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve({ refused: tooLarge(limit) });
      }
    });
    request.on("end", () => resolve({ bytes: Buffer.concat(chunks) }));
    // Also comes after the end, when the promise is settled already.
    request.on("close", () => resolve(undefined));
  });
}

/** Lets the rest of a body pass by, so that the connection can go on or the sender at least read the answer. */
export function discard(request: IncomingMessage): void {
  let left = DISCARD_LIMIT;
  request.on("data", (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
}

/** Whether the sender waits for a word before it sends the body. */
export function expectsContinue(request: IncomingMessage): boolean {
  return request.headers.expect?.toLowerCase() === "100-continue";
}

/** Text of the client in an answer, cut. */
export function truncate(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function tooLarge(limit: number): Reply {
  return errorReply(413, `the body has more than ${limit} bytes; leave out what no rule reads, or send it in parts`);
}
