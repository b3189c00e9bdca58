/** Refuses requests of web pages whose name was made to lead to this machine (DNS rebinding). */
import { isIP } from "node:net";
import { truncate } from "./body.js";
import { type Reply, errorReply } from "./reply.js";

/**
 * The answer to a request with a foreign `Host` header. Addresses are allowed, since only a name can be made to lead
 * elsewhere, and so is a request without the header, which no browser sends.
 */
export function refuseHost(header: string | undefined, allowed: ReadonlySet<string>): Reply | undefined {
  if (header === undefined || header === "") return undefined;
  const name = header.replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();
  const isAddress = isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
  if (isAddress || name === "localhost" || name.endsWith(".localhost") || allowed.has(name)) return undefined;
  const help = "name it with the option `allowedHosts` (`--allowed-host`)";
  return errorReply(403, `the host \`${truncate(header)}\` is not allowed; ${help}`);
}
