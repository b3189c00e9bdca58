/** A mock of BigPanda's OIM Configuration API, version 1 and 2, for tests: an HTTP server that lives as long as it is needed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { discard, expectsContinue } from "./body.js";
import { State } from "./call.js";
import { refuseHost } from "./host.js";
import type { Mock, MockOptions } from "./mock.mjs";
import { settingsOf } from "./options.js";
import { Recorder } from "./record.js";
import { type Reply, errorReply, send, sendRaw } from "./reply.js";
import { route } from "./routes.js";
import { Store } from "./store.js";

/** How long a client may take for its headers and for the whole request, in milliseconds. */
const TIMES = { headersTimeout: 20_000, requestTimeout: 60_000 };
/** How long `close` waits for what is under way, in milliseconds. */
const GRACE = 1000;

/** What cannot be read as HTTP, by Node's code for it; everything else is 400. */
const BROKEN: Record<string, Reply> = {
  HPE_HEADER_OVERFLOW: errorReply(431, "the headers have more than 16 KiB"),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: errorReply(413, "the extensions of the chunks are too long"),
  ERR_HTTP_REQUEST_TIMEOUT: errorReply(408, "the request did not arrive in time"),
};

export async function createMock(options: MockOptions = {}): Promise<Mock> {
  const settings = settingsOf(options);
  const store = await Store.open(settings.data, settings.warn);
  const recorder = settings.record === undefined ? undefined : await Recorder.open(settings.record, settings.warn);
  const state = new State(settings, store, recorder);
  const server = serverOf(state);
  await listen(server, settings.port, settings.host);
  const { address, family, port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= end(server, state));
  const mock = {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
    port,
    configuration(appKey: string) {
      const stored = state.store.get(appKey);
      return stored === undefined ? null : Buffer.from(stored).toString();
    },
    close,
  };
  // `await using` came after Node 20.0.
  return (Symbol.asyncDispose ? Object.assign(mock, { [Symbol.asyncDispose]: close }) : mock) as Mock;
}

function serverOf(state: State): Server {
  // Node would answer a request without `Host` by itself, and not in BigPanda's form.
  const server = createServer({ ...TIMES, requireHostHeader: false });
  const pending = new WeakMap<Duplex, Set<ServerResponse>>();
  const take = (request: IncomingMessage, response: ServerResponse) => {
    const responses = pending.get(request.socket) ?? new Set();
    pending.set(request.socket, responses.add(response));
    response.on("close", () => responses.delete(response));
    void answer(state, request, response);
  };
  server.on("request", take);
  // Without these two Node would send its word to go on by itself, and refuse what else is expected without a body.
  server.on("checkContinue", take);
  server.on("checkExpectation", take);
  server.on("connect", (_request: IncomingMessage, socket: Duplex) => {
    socket.on("error", () => {});
    sendRaw(socket, errorReply(405, "`CONNECT` is not possible here", { Allow: "GET, POST" }));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    const [first, second] = pending.get(socket) ?? [];
    if (error.code === "ECONNRESET") socket.destroy();
    // After an answer that ends the connection, or before those that are due, another one would be taken for theirs.
    else if (first?.headersSent || second !== undefined) socket.end(() => socket.destroy());
    else sendRaw(socket, BROKEN[error.code ?? ""] ?? errorReply(400, "the request is not valid HTTP"));
  });
  return server;
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A client that goes away is its own affair.
  request.on("error", () => {});
  response.on("error", () => {});
  const { expect } = request.headers;
  const strange = expect !== undefined && !expectsContinue(request);
  let reply: Reply | undefined;
  try {
    if (strange) reply = errorReply(417, "only `Expect: 100-continue` is supported");
    else reply = refuseHost(request.headers.host, state.settings.allowedHosts);
    reply ??= await route(request.url ?? "", { state, request, response, now: state.settings.clock() });
  } catch (error) {
    reply = errorReply(500, `the mock failed, which is a mistake in it: ${(error as Error).message}`);
  }
  // Whether the body still comes after a errorReply is the client's choice, so only a new connection is clear again.
  if (expect !== undefined && !request.complete) response.shouldKeepAlive = false;
  if (reply !== undefined) send(response, reply);
  if (!request.complete) discard(request);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function end(server: Server, state: State): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearTimeout(timer);
  await state.store.settled();
  await state.recorder?.settled();
  state.programs.clear();
}
