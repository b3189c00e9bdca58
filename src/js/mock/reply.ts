/** What goes back to the client. */
import { STATUS_CODES, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** An answer: a status and a body of JSON. */
export interface Reply {
  status: number;
  body: string | Uint8Array;
  headers?: Record<string, string>;
}

/** An error in the form that BigPanda documents: `{"status": n, "errors": ["…"]}`. */
export function errorReply(status: number, errors: string | string[], headers: Record<string, string> = {}): Reply {
  return { status, body: JSON.stringify({ status, errors: [errors].flat() }), headers };
}

/** Writes an answer, unless the client is gone. */
export function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    ...headers,
  });
  response.end(body);
}

/** Writes an answer where the request could not be read as HTTP, so that there is no response object, and hangs up. */
export function sendRaw(socket: Duplex, { status, body, headers = {} }: Reply): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const lines = Object.entries({
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "close",
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n`;
  socket.end(Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body)]), () => socket.destroy());
}
