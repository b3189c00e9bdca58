/** What gives people and systems away in a text: what it looks like, and what only looks like it. */

import { secretsIn } from "./secrets.ts";

export type Kind = "token" | "credentials" | "secret" | "mail" | "address" | "host";

/** A stretch of a text, in UTF-16 code units, and what it is. */
export interface Hit {
  kind: Kind;
  start: number;
  end: number;
}

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const HOST = new RegExp(`(?<![\\w.-])(?:${LABEL}\\.){1,12}([a-z]{2,24})(?![\\w-]|\\.[\\w-])`, "gi");

/** Last labels that hosts have, and names of fields and files have not. */
const ENDINGS =
  words(`com net org edu gov mil int biz io ai co eu local localdomain internal intra intranet corp lan arpa
  de uk fr nl be ch es pt se dk fi cz ie us ca mx br ar cl au nz jp cn kr sg hk tw ru ua tr gr hu ro bg hr sk si lt lv ee
  lu za il ae sa th vn ph`);
/** Those that end names of fields, too: `user.id`. Three labels make them a host. */
const WORDY = words("info app dev cloud tech online site xyz home domain private test it at no is in id my to so");
/** Of a member's name only these make a host: `kubernetes.io` and `host.name` are names of fields. */
const STRICT = words("com net org edu gov local localdomain internal intra intranet corp lan");

/** Domains that stand for nobody's. */
const NOBODYS = /(?:^|[.@])(?:example|example\.(?:com|net|org)|invalid|localhost)$/i;

/** Members that hold the name of a machine, also one without dots. */
const HOST_MEMBER =
  /^(?:host|hosts|host_?name|.+[_.-]host(?:_?name)?|instance|node|node_?name|server|server_?name|machine|computer|fqdn)$/i;
/** Longer names of members say nothing of machines. */
const MEMBER_LENGTH = 100;
const BARE = /^([a-z][\w-]{1,62})(?::\d{1,5})?$/i;
const NO_MACHINE =
  /^(?:localhost|none|null|unknown|n_?a|true|false|all|any|default|(?:host|token|secret|user)-?\d+|yes|no|test|prod|production|staging)$/i;

const MAIL = new RegExp(`(?<![\\w.+-])[\\w.+-]{1,64}@(?:(?:${LABEL}\\.){1,12}[a-z]{2,24})(?![\\w-])`, "gi");
const IP4 = /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g;
const IP6 =
  /(?<![\w:.])(?:[\da-f]{1,4}(?::[\da-f]{1,4}){7}|(?:[\da-f]{1,4}:){1,7}(?::[\da-f]{1,4}){0,6}:?|::(?:[\da-f]{1,4}:){0,6}[\da-f]{1,4})(?![\w:]|\.\d)/gi;
/** Loopback, nothing, everybody, and what is kept for documentation. */
const NOBODYS_IP4 = /^(?:127\.|0\.0\.0\.0$|255\.255\.255\.255$|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|198\.1[89]\.)/;

const HEX = /(?<![\w-])[\da-f]{32,}(?![\w-])/gi;
const RANDOM = /(?<![\w+/=-])[A-Za-z0-9+/_-]{40,4096}={0,2}(?![\w+/])/g;

/** All that is found in a text, in order; of what overlaps the worse. */
export function hitsIn(text: string): Hit[] {
  if (text.length < 5) return [];
  let hits = secretsIn(text);
  const each = (pattern: RegExp, kind: Kind, holds: (found: string, last: string) => boolean): void => {
    const more: Hit[] = [];
    for (const { index, 0: found, 1: last = "" } of text.matchAll(pattern)) {
      if (holds(found, last)) more.push({ kind, start: index, end: index + found.length });
    }
    hits = withMore(hits, more);
  };
  if (text.includes("@")) each(MAIL, "mail", (found) => !NOBODYS.test(found));
  if (text.includes(".")) {
    each(IP4, "address", (found) => found.split(".").every((part) => Number(part) < 256) && !NOBODYS_IP4.test(found));
    each(HOST, "host", (found, last) => isHost(found, last.toLowerCase()));
  }
  if (text.includes(":")) each(IP6, "address", isIp6);
  if (text.length >= 32) {
    each(HEX, "secret", (found) => /\d/.test(found) && /[a-f]/i.test(found));
    each(RANDOM, "secret", looksRandom);
  }
  return hits;
}

/** Both together in order, without those of `more` that overlap one of `hits`. Both are in order, too. */
export function withMore(hits: Hit[], more: Hit[]): Hit[] {
  if (more.length === 0) return hits;
  const all: Hit[] = [];
  let next = 0;
  for (const hit of more) {
    for (; next < hits.length && (hits[next]?.end ?? 0) <= hit.start; next += 1) all.push(hits[next] as Hit);
    if ((hits[next]?.start ?? Number.POSITIVE_INFINITY) >= hit.end) all.push(hit);
  }
  return [...all, ...hits.slice(next)];
}

/** The machine that a value names because of its member's name, also without dots. */
export function hostByName(member: string, value: string): Hit | null {
  if (member.length > MEMBER_LENGTH) return null;
  const bare = HOST_MEMBER.test(member) ? BARE.exec(value)?.[1] : undefined;
  if (bare === undefined || NO_MACHINE.test(bare)) return null;
  return { kind: "host", start: 0, end: bare.length };
}

/** Whether a member's name is a host, a mail or an address as a whole. */
export function hitAsName(name: string): Hit | null {
  const [hit] = hitsIn(name);
  if (!hit || hit.start > 0 || hit.end < name.length || hit.kind === "secret") return null;
  const last = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return hit.kind !== "host" || STRICT.has(last) ? hit : null;
}

function isHost(found: string, last: string): boolean {
  if (NOBODYS.test(found)) return false;
  return ENDINGS.has(last) || (WORDY.has(last) && found.split(".").length > 2);
}

function isIp6(found: string): boolean {
  const groups = found.split(":").filter(Boolean);
  if (!found.includes("::") && groups.length < 8) return false;
  return groups.length > 1 && /\d/.test(found) && !/^2001:0?db8:/i.test(found);
}

/** Long, of every kind of character, and no words: keys are, paths and names are not. */
function looksRandom(found: string): boolean {
  const amount = (pattern: RegExp) => found.match(pattern)?.length ?? 0;
  if (/\/[a-z]{3,}\//.test(found)) return false;
  return amount(/\d/g) >= 4 && amount(/[A-Z]/g) >= 4 && amount(/[a-z]/g) >= 4 && longestWord(found) < 9;
}

function longestWord(text: string): number {
  return Math.max(0, ...(text.match(/[A-Z]?[a-z]+/g) ?? []).map((word) => word.length));
}

function words(text: string): Set<string> {
  return new Set(text.split(/\s+/));
}
