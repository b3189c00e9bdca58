/// <reference lib="esnext.disposable" />

/** Epoch milliseconds, ISO 8601 text or a `Date`. */
export type MockTime = number | string | Date;

/** How the mock behaves. Every option may be left out. */
export interface MockOptions {
  /** TCP port; 0, the default, takes a free one. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`, which other machines cannot reach. */
  host?: string;
  /** Host names that requests may use besides `localhost`, `host` and addresses. Others are refused with 403. */
  allowedHosts?: readonly string[];
  /** Folder that keeps the configurations, made when it is missing. Without it they live in memory. */
  data?: string;
  /**
   * Folder that keeps what tools send to the ingest paths, a file for each request, made when it is missing. At most
   * 1,000 requests and 256 MiB are kept.
   */
  record?: string;
  /** The org tokens that are valid. Without it every token is. */
  tokens?: readonly string[];
  /** The app keys of which an integration exists. Without it every key has one. */
  appKeys?: readonly string[];
  /** When the integrations were installed, one time for all or one for each app key. Without it: long ago. */
  installedAt?: MockTime | Readonly<Record<string, MockTime>>;
  /** How long after its installation an integration refuses a configuration, in milliseconds. Default: ten minutes. */
  wait?: number;
  /** Requests that one token may make in a second. Default 5; 0 is no limit. */
  rate?: number;
  /** The largest body of a request, in bytes. Default, and at most, 6 MiB. */
  bodyLimit?: number;
  /** As in `validate`: whether a field that the sample lacks is always an error. Default `strict`. */
  sampleCoverage?: "strict" | "lenient";
  /** The present time in epoch milliseconds. Default `Date.now`. */
  clock?: () => number;
  /** Is called with one sentence about what was skipped in the folder `data` or could not be recorded. Default: a line on standard error. */
  warn?: (message: string) => void;
}

/** A running mock. */
export interface Mock {
  /** Where it listens, such as `http://127.0.0.1:40123`; no slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The stored `{"config": …, "sample_payload": …}` of an app key, as JSON text, or `null`. */
  configuration(appKey: string): string | null;
  /** Ends it: nothing new is accepted, what is under way gets a second to finish. Calling it again is harmless. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a mock of BigPanda's OIM Configuration API, version 1 and 2, and gives it once it listens. A wrong option throws a
 * `TypeError`; a port that is taken, or a folder that cannot be used, rejects with the error of the system.
 */
export function createMock(options?: MockOptions): Promise<Mock>;
