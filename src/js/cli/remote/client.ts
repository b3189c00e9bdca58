/**
 * BigPanda's API around a configuration, for a command that holds a token. The token goes to the one host that was
 * asked for and into no message; an answer is data of others, of a size and for a time that have limits.
 */
import { isUtf8 } from "node:buffer";
import { setTimeout as wait } from "node:timers/promises";
import { UsageError } from "../usage-error.js";
import type { Options } from "../options.js";
import { sanitize } from "../terminal.js";
import { tokenPattern } from "./token.js";

/** The host of the EU is inferred, not documented by BigPanda for this path. */
const HOSTS = { us: "https://integrations.bigpanda.io", eu: "https://eu.integrations.bigpanda.io" };
const TOKEN_NAME = "BIGPANDA_ORG_TOKEN";

/** The API takes five requests a second. */
const APART_MS = 250;
/** How often a request that came too early is sent, in all. */
const TRIES = 6;
const FIRST_WAIT_MS = 1000;
/** Longest wait that a server can ask for. */
const MOST_WAIT_MS = 60_000;
/** For an answer from its first byte to its last. */
const PATIENCE_MS = 30_000;
/** Largest answer that is read: a configuration and its sample. */
const ANSWER_LIMIT = 16 * 1024 * 1024;
/** Of what a server says of an error. */
const MESSAGES = 20;
const MESSAGE_LENGTH = 1000;

/** What went wrong with the API, in words for the user. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status?: number,
  ) {
    super(message);
  }
}

export interface Client {
  /** The text of the present configuration; `null` when there is none. */
  get(): Promise<string | null>;
  /** Sends a configuration. Gives what the API answers. */
  post(body: string): Promise<string>;
  /** Text without the token, fit for a terminal. */
  clean(text: string): string;
  /** Whether a text has the token in it. */
  holdsToken(text: string): boolean;
  appKey: string;
}

/** A client as the options want it. The token is looked at before anything else is done. */
export function clientOf(command: "pull" | "push", options: Options): Client {
  const appKey = options.text("app-key");
  if (appKey === undefined) throw new UsageError(command, "--app-key is missing");
  if (appKey.trim() === "" || appKey === "." || appKey === "..")
    throw new UsageError(command, "--app-key: that is no app key");
  const token = process.env[TOKEN_NAME] ?? "";
  if (token === "") throw new UsageError(command, `${TOKEN_NAME} is not set: it has to hold an Org Token of BigPanda`);
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError(command, `${TOKEN_NAME} contains spaces, line ends or other characters that no token has`);
  }
  const base = baseOf(command, options.text("url") ?? HOSTS[(options.text("region") ?? "us") as "us" | "eu"]);
  if (options.text("url") !== undefined && options.text("region") !== undefined) {
    throw new UsageError(command, "--region and --url exclude each other");
  }
  const url = `${base}/configurations/alerts/oim/${encodeURIComponent(appKey)}`;
  const pattern = tokenPattern(token);
  const holdsToken = (text: string) => text.search(pattern) >= 0;
  const mask = (text: string) => text.replace(pattern, "[token]");
  const clean = (text: string) => sanitize(mask(text));
  const verbose = options.flag("verbose");
  const tell = (text: string) => process.stderr.write(`${clean(text)}\n`);
  const call = caller({ url, token, log: verbose ? tell : () => {}, warn: tell });
  return {
    appKey,
    clean,
    holdsToken,
    async get() {
      const { status, text } = await call("GET");
      if (status === 404) return null;
      return status === 200 ? text : refuse(status, text, mask);
    },
    async post(body) {
      const { status, text } = await call("POST", body);
      return status >= 200 && status < 300 ? text : refuse(status, text, mask);
    },
  };
}

/** The address without what a user may have put behind it. The token goes in the clear only to this machine. */
function baseOf(command: string, given: string): string {
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw new UsageError(command, "--url: that is no address; one is such as http://127.0.0.1:7646");
  }
  if (url.username !== "" || url.password !== "") throw new UsageError(command, "--url: leave out user and password");
  if (url.search !== "" || url.hash !== "") throw new UsageError(command, "--url: leave out `?` and `#`");
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback)) {
    throw new UsageError(
      command,
      "--url: has to be https, which keeps the token secret; http is allowed only for this machine",
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

interface Line {
  url: string;
  token: string;
  log(text: string): void;
  warn(text: string): void;
}

type Call = (method: "GET" | "POST", body?: string) => Promise<{ status: number; text: string }>;

/** Sends requests one after the other, not too fast, and again after 429. */
function caller({ url, token, log, warn }: Line): Call {
  let last = Number.NEGATIVE_INFINITY;
  return async (method, body) => {
    for (let tried = 1; ; tried += 1) {
      await wait(Math.max(0, last + APART_MS - performance.now()));
      last = performance.now();
      log(`${method} ${url}`);
      const { status, text, retryAfter } = await once(method, url, token, body);
      log(`  ${status}, ${text.length} characters, ${Math.round(performance.now() - last)} ms`);
      if (status !== 429 || tried === TRIES) return { status, text };
      const pause = Math.min(retryAfter ?? FIRST_WAIT_MS * 2 ** (tried - 1), MOST_WAIT_MS);
      warn(`BigPanda answered 429, too many requests; trying again in ${(pause / 1000).toFixed(1)} s`);
      await wait(pause);
    }
  };
}

async function once(method: string, url: string, token: string, body: string | undefined) {
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    accept: "application/json",
    "accept-encoding": "identity",
  };
  if (body !== undefined) headers["content-type"] = "application/json";
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    // A redirect could lead the token to another host, so none is followed.
    const response = await fetch(url, { method, headers, body: body ?? null, redirect: "manual", signal });
    const { status } = response;
    if (status >= 300 && status < 400) {
      await response.body?.cancel();
      throw new ApiError(
        `the answer is a redirect (${status}), which is not followed so that the token goes nowhere else`,
        status,
      );
    }
    const text = await read(response, method);
    return { status, text, retryAfter: secondsOf(response.headers.get("retry-after")) };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(reason(error as Error, method, new URL(url).host));
  }
}

async function read(response: Response, method: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    // Leaving the loop ends the connection.
    if (length > ANSWER_LIMIT)
      throw new ApiError(
        `the answer has more than ${ANSWER_LIMIT / 1024 / 1024} MiB; it was not read`,
        response.status,
      );
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks, length);
  // A configuration with replaced characters would be another one. Other answers are only shown or compared.
  if (method === "GET" && response.ok && !isUtf8(bytes)) throw new ApiError("the answer is not UTF-8", response.status);
  return new TextDecoder().decode(bytes);
}

/** In milliseconds. A date is not taken: clocks differ. */
function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}

function reason(error: Error, method: string, host: string): string {
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  const unsent =
    code !== undefined && ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"].includes(code);
  const late = error.name === "TimeoutError";
  const what = late ? `did not answer within ${PATIENCE_MS / 1000} seconds` : "could not be reached";
  const state =
    method === "GET" || unsent
      ? "nothing was changed"
      : "whether the configuration arrived is not known: look with `oim pull`";
  return `${host} ${what}${code === undefined ? "" : ` (${code})`}; ${state}`;
}

const HINTS: Record<number, string> = {
  401: "BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key",
  403: "the token may not do this",
  404: "there is no integration with this app key",
  409: "within ten minutes after the installation of an integration its configuration may not be taken; try again later",
  413: "the body is too large: give a smaller sample",
  429: "too many requests; try again later",
};

/** Throws what BigPanda says of a request that it refused. */
function refuse(status: number, text: string, mask: (text: string) => string): never {
  const lines = [`BigPanda answered ${status}${HINTS[status] === undefined ? "" : `: ${HINTS[status]}`}`];
  for (const message of messagesOf(text)) lines.push(`  ${bounded(mask(message))}`);
  throw new ApiError(lines.join("\n"), status);
}

/** One line of limited length. The token must be masked before: a part of it would not be found in the cut text. */
function bounded(masked: string): string {
  const line = masked.replace(/\s+/g, " ").trim();
  return sanitize(line.length > MESSAGE_LENGTH ? `${line.slice(0, MESSAGE_LENGTH)}…` : line);
}

/** The whole messages of `{"status": 400, "errors": ["…"]}`, which is documented; any other answer is one message. */
function messagesOf(text: string): string[] {
  try {
    const { errors } = JSON.parse(text) as { errors?: unknown };
    if (Array.isArray(errors)) {
      const messages = errors
        .slice(0, MESSAGES)
        .map((error) => (typeof error === "string" ? error : JSON.stringify(error)));
      return errors.length > MESSAGES ? [...messages, `… and ${errors.length - MESSAGES} more`] : messages;
    }
  } catch {
    // Not JSON: a proxy on the way may answer with a page.
  }
  return text.trim() === "" ? [] : [text];
}
