/**
 * Secrets in running text: assignments, headers, options of commands, addresses and what has the shape of a token.
 *
 * One pass from left to right. Whatever is looked at to find the end of a secret belongs to it, and expressions match
 * whole runs or a limited number of characters, so that the work grows with the text and not faster.
 */
import { isSecretName, isSecretPair, wordsOf } from "./names.ts";
import type { Hit } from "./patterns.ts";

/** Characters of a name that count; of a longer one the last. */
const NAME_LENGTH = 200;
/** How far behind a comma the next name may end, and an element's attributes behind its name. */
const AHEAD = 64;
const ATTRIBUTES = 300;
/** The shortest value of `key=` in an address that is taken for a secret. */
const SHORTEST_KEY = 6;

/** Names whose value begins with a scheme. */
const AUTHORIZATION = new Set(["auth", "oauth", "authorization", "authorisation", "header"]);
const QUOTES = "\"'`";
const SCHEMES = new Set(["basic", "bearer", "token", "apikey", "geniekey", "key", "splunk", "bot"]);
/** Schemes that are followed by a list. */
const LIST_SCHEMES =
  /^(?:digest|hawk|oauth|signature|negotiate|ntlm|aws4?(?:-[\w-]+)?|sharedkey(?:lite)?|hmac[\w-]*)$/i;
/** Ends of long words that follow “basic” and “bearer” in sentences. */
const WORD_ENDING = /(?:tion|ment|ity|ture|ness|ing|ive|al|tial)s?$/;
/** What took the place of a secret already. */
export const STAND_IN = /^(?:token|secret)-\d+$/;

/** What can be nothing else. Where a part opens the door, the part is the first group. */
const SHAPES = [
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[oprsu]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{18,}|npm_\w{30,}|xox[abeoprs]-[\w-]{10,})/g,
  /\b(?:sk|rk)[_-](?:live|test|proj|ant)[_-][\w-]{16,}/g,
  /\b(?:AIza[\w-]{30,}|ya29\.[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|hv[sb]\.[\w-]{20,}|dop_v1_[\da-f]{40,})/g,
  /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/([\w/-]{8,})/gi,
  /\bdiscord(?:app)?\.com\/api\/webhooks\/([\w/-]{8,})/gi,
  /\.(?:webhook\.office|logic\.azure)\.com(?::\d{1,5})?\/([^\s"'<>]{8,})/gi,
  /\bevents\.pagerduty\.com\/(?:integration|generic)\/([\w/-]{8,})/gi,
];

/** All secrets of a text, in order; none overlap. */
export function secretsIn(text: string): Hit[] {
  return union([...shapesIn(text), ...namedIn(text)]);
}

/** Those that are recognised by themselves, whatever stands around them. */
export function shapesIn(text: string): Hit[] {
  const hits: Hit[] = [];
  if (text.length >= 12) {
    for (const pattern of SHAPES) {
      for (const match of text.matchAll(pattern)) {
        const end = match.index + match[0].length;
        hits.push({ kind: "token", start: end - (match[1] ?? match[0]).length, end });
      }
    }
    if (text.includes("eyJ")) webTokens(text, hits);
    if (text.includes("-----BEGIN ")) privateKeys(text, hits);
  }
  if (text.includes("//")) credentials(text, hits);
  return union(hits.filter(({ start, end }) => !isStandIn(text, start, end)));
}

/** Hits in order. Those that overlap become one. */
export function union(hits: Hit[]): Hit[] {
  if (hits.length < 2) return hits;
  const whole: Hit[] = [];
  for (const hit of hits.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = whole.at(-1);
    if (last && hit.start < last.end) last.end = Math.max(last.end, hit.end);
    else whole.push({ ...hit });
  }
  return whole;
}

/** JSON web tokens: three or five runs with dots between, the first of which is the start of an object in base64. */
function webTokens(text: string, hits: Hit[]): void {
  for (const { index, 0: run } of text.matchAll(/[\w.-]{20,}/g)) {
    if (!run.includes("eyJ")) continue;
    const parts = run.split(".");
    let start = index;
    for (let at = 0; at < parts.length; at += 1) {
      const part = parts[at] ?? "";
      const from = part.search(/\beyJ/);
      if (from >= 0 && part.length - from > 10 && (parts[at + 1] ?? "").length > 7) {
        const taken = parts.slice(at, at + 5);
        // The full stop of a sentence.
        if (taken.at(-1) === "") taken.pop();
        const end = start + taken.join(".").length;
        hits.push({ kind: "token", start: start + from, end });
        start = end + 1;
        at += taken.length - 1;
      } else {
        start += part.length + 1;
      }
    }
  }
}

/** Private keys to their ends; one that is cut off to the end of the text. */
function privateKeys(text: string, hits: Hit[]): void {
  const begins = /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY[A-Z ]{0,10}-----/g;
  for (let begin = begins.exec(text); begin; begin = begins.exec(text)) {
    const foot = text.indexOf("-----END ", begins.lastIndex);
    const close = foot < 0 ? -1 : text.indexOf("-----", foot + 9);
    const end = close < 0 ? text.length : close + 5;
    hits.push({ kind: "token", start: begin.index, end });
    begins.lastIndex = end;
  }
}

/** The user and password of an address. A password may hold what should have been escaped. */
function credentials(text: string, hits: Hit[]): void {
  for (let slashes = text.indexOf("//"); slashes >= 0; ) {
    const start = slashes + 2;
    let [end, path, colon, at, sign] = [start, -1, -1, -1, false];
    for (; end < text.length && !/[\s"'<>`]/.test(text[end] ?? ""); end += 1) {
      const letter = text[end] ?? "";
      if (letter === "/" && text[end + 1] === "/") break;
      if (letter === "@") {
        // Behind a slash only if what looks like a port is none.
        const isPassword = path < 0 || (!sign && !/^\d{0,5}$/.test(text.slice(colon + 1, Math.min(path, colon + 8))));
        if (colon >= 0 && isPassword && text[start] !== "[") at = end;
        sign ||= path < 0;
      } else if (path < 0) {
        if ("/?#".includes(letter)) path = end;
        else if (letter === ":" && colon < 0) colon = end;
      }
    }
    // Without a user the colon comes first: `redis://:secret@host`.
    if (at > colon + 1) hits.push({ kind: "credentials", start, end: at });
    slashes = text.indexOf("//", end);
  }
}

/** Secrets that a name, an option or a scheme before them announces. */
function namedIn(text: string): Hit[] {
  const hits: Hit[] = [];
  if (text.length < 4) return hits;
  /** Where the last secret ended: what is in it is not looked at again. */
  let done = 0;
  let before = { start: 0, end: 0 };
  for (const { index: start, 0: run } of text.matchAll(/[\w.-]+/g)) {
    const word = { start, end: start + run.length };
    if (start >= done) {
      const hit = announced(text, word, before);
      if (hit) {
        done = hit.end;
        if (!isStandIn(text, hit.start, hit.end)) hits.push({ kind: "token", ...hit });
      }
    }
    before = word;
  }
  return hits;
}

interface Stretch {
  start: number;
  end: number;
}

/** The secret that a word announces. */
function announced(text: string, word: Stretch, before: Stretch): Stretch | null {
  const { start, end } = word;
  const name = text.slice(Math.max(start, end - NAME_LENGTH), end);
  const lead = text[start - 1] ?? " ";
  if (isSpace(text[end]) || text[end] === ">") {
    const value = lead === "<" || lead === ":" ? ofElement(text, word, name) : null;
    if (value) return value;
  }
  const value = behindSign(text, end);
  const isOption = name.startsWith("-");
  if (isOption && isSpace(lead)) {
    const user = ofUserOption(text, word, name, value);
    if (user) return user;
  }
  if (value > 0) {
    if ((lead === "?" || lead === "&") && isInQuery(name)) return ofQuery(text, value, name);
    const pair =
      start === before.end + 1 &&
      lead === " " &&
      isSecretPair(text.slice(Math.max(before.start, start - 40), before.end), name);
    return pair || isSecretName(name) ? ofName(text, word, name, value) : null;
  }
  if (!isSpace(text[end])) return null;
  const next = skipSpace(text, end);
  if (isOption) return name.startsWith("--") && isSecretName(name) ? ofOption(text, next) : null;
  return /^(?:basic|bearer)$/i.test(name) ? ofScheme(text, next, name) : null;
}

/** Where a value begins behind a name: behind a colon or an equals sign, and a quote that closes the name. 0 if none. */
function behindSign(text: string, end: number): number {
  let at = end;
  while (text[at] === "\\") at += 1;
  at = QUOTES.includes(text[at] ?? " ") ? at + 1 : end;
  while (text[at] === "]") at += 1;
  while (text[at] === " " || text[at] === "\t") at += 1;
  if (text[at] !== ":" && text[at] !== "=") return 0;
  while (":=>~".includes(text[at] ?? " ")) at += 1;
  return text.startsWith("//", at) ? 0 : skipSpace(text, at);
}

function isInQuery(name: string): boolean {
  return isSecretName(name) || wordsOf(name).at(-1) === "key";
}

function ofQuery(text: string, start: number, name: string): Stretch | null {
  let end = start;
  while (end < text.length && !/[\s&#"'<>\\]/.test(text[end] ?? "")) end += 1;
  const shortest = isSecretName(name) ? 1 : SHORTEST_KEY;
  return end - start >= shortest ? { start, end } : null;
}

/** The value of `name = value`, with the schemes and lists that headers have. */
function ofName(text: string, { start: nameStart }: Stretch, name: string, start: number): Stretch | null {
  const words = wordsOf(name);
  const opening = text[nameStart - 1] ?? " ";
  if (/["'`\\[{]/.test(text[start] ?? " ")) return valueAt(text, start);
  if (words.some((word) => word.startsWith("cookie"))) return someOf({ start, end: lineEnd(text, start, opening) });
  if (!AUTHORIZATION.has(words.at(-1) ?? "")) return valueAt(text, start);
  // A scheme is kept, what follows it is not.
  const first = bareAt(text, start);
  const scheme = text.slice(start, first.end);
  if (!/^[A-Za-z][\w-]*$/.test(scheme) || scheme.length > AHEAD || STAND_IN.test(scheme)) return valueAt(text, start);
  const next = skipBlanks(text, first.end);
  if (next === first.end || next >= text.length || /[\r\n]/.test(text[next] ?? "")) return someOf(first);
  if (LIST_SCHEMES.test(scheme)) return someOf({ start: next, end: lineEnd(text, next, opening) });
  const second = valueAt(text, next);
  if (SCHEMES.has(scheme.toLowerCase())) return second;
  return { start, end: second?.end ?? first.end };
}

/** The value behind an option: `--token abc`. */
function ofOption(text: string, start: number): Stretch | null {
  return /[-|<>&]/.test(text[start] ?? "-") ? null : valueAt(text, start);
}

/** User and password behind `-u`, `-u` alone or at the end of other letters, `--user` and `--proxy-user`. */
function ofUserOption(text: string, { start, end }: Stretch, name: string, value: number): Stretch | null {
  let from = -1;
  if (/^(?:-[a-zA-Z]{0,6}[uU]|--user|--proxy-user)$/.test(name)) {
    from = value > 0 ? value : isSpace(text[end]) ? skipSpace(text, end) : -1;
    // Only a quote stands right behind a short option.
    if (from < 0 && QUOTES.includes(text[end] ?? " ")) from = end;
  } else if (/^-[uU]\w/.test(name)) {
    from = start + 2;
  }
  if (from < 0 || from >= text.length) return null;
  const user = QUOTES.includes(text[from] ?? " ") || text[from] === "\\" ? valueAt(text, from) : bareAt(text, from);
  if (!user) return null;
  const colon = text.slice(user.start, user.end).indexOf(":");
  return colon > 0 && colon < user.end - user.start - 1 ? user : null;
}

/** What follows `Bearer` or `Basic` in a sentence, if it is no word of a sentence. */
function ofScheme(text: string, start: number, scheme: string): Stretch | null {
  let end = start;
  while (/[\w.~+/=-]/.test(text[end] ?? " ")) end += 1;
  while (end > start && text[end - 1] === ".") end -= 1;
  const value = text.slice(start, end);
  if (value.length < 6) return null;
  const stretch = { start, end };
  if (/^basic$/i.test(scheme)) {
    if (value.length % 4 === 0 && decodesToPair(value)) return stretch;
  } else if (/[a-z][A-Z]|[_~+/=]|[A-Za-z]\d|\d[A-Za-z]/.test(value)) return stretch;
  if (value.length < 12) return null;
  return /[^a-z]/.test(value.slice(1)) || !WORD_ENDING.test(value) ? stretch : null;
}

/** The text of an element: `<password>abc</password>`, also with attributes, `CDATA` and elements within. */
function ofElement(text: string, { start: nameStart, end }: Stretch, name: string): Stretch | null {
  if (!isSecretName(name) || !/<(?:[\w.-]+:)?$/.test(text.slice(Math.max(0, nameStart - AHEAD), nameStart)))
    return null;
  const close = text[end] === ">" ? end : text.slice(end, end + ATTRIBUTES).indexOf(">") + end;
  if (text[close] !== ">" || text[close - 1] === "/") return null;
  const start = close + 1;
  const next = text.indexOf("<", start);
  if (next < 0) return someOf({ start, end: text.length });
  if (text.slice(start, next).trim() !== "" || text[next + 1] === "/") return someOf(trimmed(text, start, next));
  const foot = text.indexOf(`${name}>`, next);
  const stop = foot < 0 ? text.length : text.lastIndexOf("<", foot);
  return someOf({ start, end: Math.max(stop, next) });
}

/** A value in quotes without them, one in brackets with them, and any other up to where it seems to end. */
function valueAt(text: string, start: number): Stretch | null {
  let quote = start;
  while (text[quote] === "\\") quote += 1;
  const first = text[quote] ?? "";
  if (first !== "" && QUOTES.includes(first)) {
    const slashes = quote - start;
    let end = quotedEnd(text, quote + 1, first, slashes);
    // A quote that is doubled is one of the value.
    while (end > quote + 1 && text[end] === first && text[end + 1] === first) end = quotedEnd(text, end + 2, first, 0);
    const behind = end + slashes + 1;
    // As a shell takes it: what follows a quote without a space belongs to the value.
    if (/[\w$+/=@!%^*-]/.test(text[behind] ?? " ")) return { start: quote + 1, end: bareAt(text, behind).end };
    return someOf({ start: quote + 1, end });
  }
  if (text[start] === "{" || text[start] === "[") {
    const end = bracketEnd(text, start);
    return { start, end: /[\w$+/=@!%^*-]/.test(text[end] ?? " ") ? bareAt(text, end).end : end };
  }
  const bare = bareAt(text, start);
  // The next line begins with a name of its own.
  const isNextLine = /[\r\n]\s*$/.test(text.slice(Math.max(0, start - AHEAD), start));
  if (isNextLine && /^[\w-]+[:=](?:\s|$)/.test(text.slice(start, start + AHEAD))) return null;
  return someOf(bare);
}

/** Where a quote is closed that had `slashes` before it; those with more are quotes within. */
function quotedEnd(text: string, from: number, quote: string, slashes: number): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
    let before = 0;
    while (at - before > from && text[at - before - 1] === "\\") before += 1;
    if (before <= slashes) return at - before;
  }
  return text.length;
}

/** Behind the bracket that closes the one at `start`; the end of the text if none does. */
function bracketEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (letter === "{" || letter === "[") depth += 1;
    else if (letter === "}" || letter === "]") {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (letter === '"') {
      let slashes = 0;
      while (at - slashes > start && text[at - slashes - 1] === "\\") slashes += 1;
      at = quotedEnd(text, at + 1, letter, slashes) + slashes;
    }
  }
  return text.length;
}

/** A value without quotes: up to a space, a quote that closes something, or a comma with the next name behind it. */
function bareAt(text: string, start: number): Stretch {
  let end = start;
  for (; end < text.length; end += 1) {
    const letter = text[end] ?? "";
    if (isSpace(letter)) break;
    if (QUOTES.includes(letter) && closes(text, end)) break;
    if (",;&|".includes(letter) && separates(text, end)) break;
  }
  return trimmed(text, start, end);
}

/** Whether a quote ends something: a space or a mark follows. */
function closes(text: string, quote: number): boolean {
  return /^[\s,;:)}\]>\\|&]?$/.test(text[quote + 1] ?? "");
}

/** Whether a comma or the like stands between members: a space follows, or another name. */
function separates(text: string, at: number): boolean {
  return /^(?:\s|$|["'\\]{0,3}[\w.-]{1,64}["'\\]{0,3}[=:])/.test(text.slice(at + 1, at + 1 + AHEAD + 8));
}

/** Without the marks of a sentence or a list at the end. */
function trimmed(text: string, start: number, limit: number): Stretch {
  let end = limit;
  while (end > start && /[\s,;.:)}\]\\"'`]/.test(text[end - 1] ?? "")) end -= 1;
  return { start, end };
}

/** The end of a line, or of the quotes around a header. */
function lineEnd(text: string, start: number, opening: string): number {
  let end = start;
  const quote = QUOTES.includes(opening) ? opening : "";
  while (end < text.length && !/[\r\n]/.test(text[end] ?? "") && text[end] !== quote) end += 1;
  while (end > start && /[\s\\]/.test(text[end - 1] ?? "")) end -= 1;
  return end;
}

function decodesToPair(base64: string): boolean {
  try {
    return /^[^\p{C}:]*:[^\p{C}]*$/u.test(atob(base64));
  } catch {
    return false;
  }
}

function someOf(stretch: Stretch): Stretch | null {
  return stretch.end > stretch.start ? stretch : null;
}

function isStandIn(text: string, start: number, end: number): boolean {
  return end - start < 20 && STAND_IN.test(text.slice(start, end));
}

function isSpace(letter: string | undefined): boolean {
  return letter !== undefined && /\s/.test(letter);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text[at])) at += 1;
  return at;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return at;
}
