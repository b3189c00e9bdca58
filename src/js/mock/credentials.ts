/** Who asks, and for which integration. */
import type { IncomingHttpHeaders } from "node:http";
import { type Reply, errorReply } from "./reply.js";

/** The token of an `Authorization: Bearer …` header. */
export function bearer({ authorization = "" }: IncomingHttpHeaders): string | undefined {
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1];
}

/**
 * The token of an event. BigPanda documents the three ways; that the first one given in this order counts is not
 * documented by BigPanda.
 */
export function eventToken(query: URLSearchParams, headers: IncomingHttpHeaders): string | undefined {
  return query.get("access_token") || bearer(headers) || single(headers["x-auth-token"]);
}

/** The app key of an event, where it does not stand in the body; the order is not documented by BigPanda either. */
export function eventAppKey(query: URLSearchParams, headers: IncomingHttpHeaders): string | undefined {
  return query.get("app_key") || single(headers["x-app-key"]) || single(headers.app_key);
}

/** The answer to a request without a valid token. */
export function unauthorized(token: string | undefined): Reply {
  const problem = token === undefined ? "the org token is missing" : "the org token is not valid";
  const help = "send `Authorization: Bearer <org token>`, with an org token and not a user API key";
  return errorReply(401, `${problem}; ${help}`, { "www-authenticate": "Bearer" });
}

function single(header: string | string[] | undefined): string | undefined {
  return (Array.isArray(header) ? header[0] : header) || undefined;
}
