/** What gives people and systems away in a text: what it looks like, and what only looks like it. */

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
const BARE = /^([a-z][\w-]{1,62})(?::\d{1,5})?$/i;
const NO_MACHINE =
  /^(?:localhost|none|null|unknown|n_?a|true|false|all|any|default|(?:host|token|secret|user)-?\d+|yes|no|test|prod|production|staging)$/i;

/** Members that hold what opens something. */
const SECRET_MEMBER =
  /(?:^|[_.-])(?:pass(?:word|wd|phrase)?|pwd|secret|token|api_?key|auth(?:orization)?|credentials?|private_?key|access_?key|cookie|session_?id)$/i;
const CAMEL_SECRET = /[a-z](?:Password|Secret|Token|ApiKey|Authorization|PrivateKey|AccessKey|Cookie|SessionId)$/;

const MAIL = new RegExp(`(?<![\\w.+-])[\\w.+-]{1,64}@(?:(?:${LABEL}\\.){1,12}[a-z]{2,24})(?![\\w-])`, "gi");
const CREDENTIALS = /(?<=:\/\/)[^\s/?#@:"'<>]{1,256}:[^\s/?#@"'<>]{1,256}(?=@)/g;
const IP4 = /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g;
const IP6 =
  /(?<![\w:.])(?:[\da-f]{1,4}(?::[\da-f]{1,4}){7}|(?:[\da-f]{1,4}:){1,7}(?::[\da-f]{1,4}){0,6}:?|::(?:[\da-f]{1,4}:){0,6}[\da-f]{1,4})(?![\w:]|\.\d)/gi;
/** Loopback, nothing, everybody, and what is kept for documentation. */
const NOBODYS_IP4 = /^(?:127\.|0\.0\.0\.0$|255\.255\.255\.255$|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|198\.1[89]\.)/;

/** What can be nothing else. Where a part opens the door, the part is the first group. */
const TOKENS = [
  /\b(?:bearer|basic)\s+(?=[\w.~+/=-]{0,200}\d)([\w.~+/=-]{12,})/gi,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[oprsu]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{18,}|npm_\w{30,}|xox[abeoprs]-[\w-]{10,})/g,
  /\b(?:sk|rk)[_-](?:live|test|proj|ant)[_-][\w-]{16,}/g,
  /\b(?:AIza[\w-]{30,}|ya29\.[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|hv[sb]\.[\w-]{20,}|dop_v1_[\da-f]{40,})/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^]{0,20000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/([\w/-]{8,})/gi,
  /\bdiscord(?:app)?\.com\/api\/webhooks\/([\w/-]{8,})/gi,
  /\.(?:webhook\.office|logic\.azure)\.com(?::\d+)?\/([^\s"'<>]{8,})/gi,
  /\bevents\.pagerduty\.com\/(?:integration|generic)\/([\w/-]{8,})/gi,
  /[?&](?:[\w.-]{0,40}[_.-])?(?:access_?token|token|api_?key|apikey|key|secret|sig|signature|password|pwd|auth)=([^\s&#"'<>]{6,})/gi,
];
const DONE = /^(?:token|secret)-\d+$/;

const HEX = /(?<![\w-])[\da-f]{32,}(?![\w-])/gi;
const RANDOM = /(?<![\w+/=-])[A-Za-z0-9+/_-]{40,4096}={0,2}(?![\w+/])/g;

/** All that is found in a text, by place; of what overlaps the worse. */
export function hitsIn(text: string): Hit[] {
  if (text.length < 5) return [];
  const hits: Hit[] = [];
  const add = (kind: Kind, start: number, end: number): void => {
    if (!hits.some((hit) => start < hit.end && hit.start < end)) hits.push({ kind, start, end });
  };
  for (const pattern of TOKENS) {
    for (const match of text.matchAll(pattern)) {
      const part = match[1] ?? match[0];
      const end = match.index + match[0].length;
      if (!DONE.test(part)) add("token", end - part.length, end);
    }
  }
  const each = (pattern: RegExp, kind: Kind, holds: (found: string, last: string) => boolean): void => {
    for (const { index, 0: found, 1: last = "" } of text.matchAll(pattern)) {
      if (holds(found, last)) add(kind, index, index + found.length);
    }
  };
  if (text.includes("://")) each(CREDENTIALS, "credentials", () => true);
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
  return hits.sort((a, b) => a.start - b.start);
}

/** What the value of a member is because of the member's name. */
export function hitByName(member: string, value: string): Hit | null {
  if (value.trim() !== "" && !DONE.test(value) && (SECRET_MEMBER.test(member) || CAMEL_SECRET.test(member))) {
    return { kind: "token", start: 0, end: value.length };
  }
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
