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
export const HOSTS: Hosts = { us: "https://integrations.bigpanda.io", eu: "https://eu.integrations.bigpanda.io" };
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

/** A host of BigPanda for each region. */
export type Hosts = Record<"us" | "eu", string>;

/** Requests with the token, to BigPanda or to the one address that was given instead. */
export interface Connection extends Pick<Client, "clean" | "holdsToken" | "appKey"> {
  call: Call;
  /** The address in front of a path: that of the region, or the one that was given. */
  base(hosts: Hosts): string;
  /** Throws what BigPanda says of a request that it refused. `hints` are said of a status instead of the usual ones. */
  refuse(answer: Answer, hints?: Record<number, string>): never;
}

/** A client as the options want it. The token is looked at before anything else is done. */
export function clientOf(command: "pull" | "push", options: Options): Client {
  const { appKey, base, call, clean, holdsToken, refuse } = connect(command, options);
  const url = `${base(HOSTS)}/configurations/alerts/oim/${encodeURIComponent(appKey)}`;
  return {
    appKey,
    clean,
    holdsToken,
    async get() {
      const answer = await call("GET", url);
      if (answer.status === 404) return null;
      return answer.status === 200 ? answer.text : refuse(answer);
    },
    async post(body) {
      const unknown = "whether the configuration arrived is not known: look with `oim pull`";
      const answer = await call("POST", url, { body, unknown });
      return answer.status >= 200 && answer.status < 300 ? answer.text : refuse(answer);
    },
  };
}

/** A connection as the options want it. Nothing is sent yet. */
export function connect(command: string, options: Options): Connection {
  const appKey = options.text("app-key");
  if (appKey === undefined) throw new UsageError(command, "--app-key is missing");
  if (appKey.trim() === "" || appKey === "." || appKey === "..")
    throw new UsageError(command, "--app-key: that is no app key");
  const token = process.env[TOKEN_NAME] ?? "";
  if (token === "") throw new UsageError(command, `${TOKEN_NAME} is not set: it has to hold an Org Token of BigPanda`);
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError(command, `${TOKEN_NAME} contains spaces, line ends or other characters that no token has`);
  }
  const url = options.text("url");
  const region = options.text("region") as keyof Hosts | undefined;
  const given = url === undefined ? undefined : baseOf(command, url);
  if (url !== undefined && region !== undefined) throw new UsageError(command, "--region and --url exclude each other");
  const pattern = tokenPattern(token);
  const mask = (text: string) => text.replace(pattern, "[token]");
  const clean = (text: string) => sanitize(mask(text));
  const print = (text: string) => process.stderr.write(`${clean(text)}\n`);
  return {
    appKey,
    clean,
    holdsToken: (text) => text.search(pattern) >= 0,
    base: (hosts) => given ?? hosts[region ?? "us"],
    call: caller({ token, log: options.flag("verbose") ? print : () => {}, warn: print }),
    refuse: ({ status, text }, hints) => refuse(status, text, mask, hints),
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
  token: string;
  log(text: string): void;
  warn(text: string): void;
}

export interface Answer {
  status: number;
  text: string;
}

export interface Sent {
  body: string;
  /** What is said when it is not known whether it arrived. */
  unknown: string;
}

export type Call = (method: "GET" | "POST", url: string, sent?: Sent) => Promise<Answer>;

/** Sends requests one after the other, not too fast, and again after 429. */
function caller({ token, log, warn }: Line): Call {
  let last = Number.NEGATIVE_INFINITY;
  return async (method, url, sent) => {
    for (let tried = 1; ; tried += 1) {
      await wait(Math.max(0, last + APART_MS - performance.now()));
      last = performance.now();
      log(`${method} ${url}`);
      const { status, text, retryAfter } = await once(method, url, token, sent);
      log(`  ${status}, ${text.length} characters, ${Math.round(performance.now() - last)} ms`);
      if (status !== 429 || tried === TRIES) return { status, text };
      const pause = Math.min(retryAfter ?? FIRST_WAIT_MS * 2 ** (tried - 1), MOST_WAIT_MS);
      warn(`BigPanda answered 429, too many requests; trying again in ${(pause / 1000).toFixed(1)} s`);
      await wait(pause);
    }
  };
}

async function once(method: string, url: string, token: string, sent: Sent | undefined) {
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    accept: "application/json",
    "accept-encoding": "identity",
  };
  if (sent !== undefined) headers["content-type"] = "application/json";
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    // A redirect could lead the token to another host, so none is followed.
    const response = await fetch(url, { method, headers, body: sent?.body ?? null, redirect: "manual", signal });
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
    throw new ApiError(reason(error as Error, sent, new URL(url).host));
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

function reason(error: Error, sent: Sent | undefined, host: string): string {
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  const unsent =
    code !== undefined && ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"].includes(code);
  const late = error.name === "TimeoutError";
  const what = late ? `did not answer within ${PATIENCE_MS / 1000} seconds` : "could not be reached";
  const state = sent === undefined || unsent ? "nothing was changed" : sent.unknown;
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
function refuse(
  status: number,
  text: string,
  mask: (text: string) => string,
  hints: Record<number, string> = {},
): never {
  const hint = hints[status] ?? HINTS[status];
  const lines = [`BigPanda answered ${status}${hint === undefined ? "" : `: ${hint}`}`];
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
