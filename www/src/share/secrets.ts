/**
 * Secrets in running text that something announces: assignments, headers, options of commands, elements.
 *
 * One pass from left to right. Expressions match whole runs or a limited number of characters, so that the work grows
 * with the text and not faster.
 */
import { isSecretName, isSecretPair, wordsOf } from "./names.ts";
import type { Hit } from "./patterns.ts";
import { isStandIn, shapesIn, union } from "./shapes.ts";
import {
  bareAt,
  isSpace,
  lineEnd,
  QUOTES,
  skipBlanks,
  skipSpace,
  someOf,
  type Stretch,
  trimmed,
  valueAt,
} from "./values.ts";

/** Characters of a name that count; of a longer one the last. */
const NAME_LENGTH = 200;
/** How long a scheme and an element's prefix and attributes may be. */
const SCHEME_LENGTH = 64;
const PREFIX_LENGTH = 64;
const ATTRIBUTES = 300;
/** The shortest value of `key=` in an address that is taken for a secret. */
const SHORTEST_KEY = 6;

/** Names whose value begins with a scheme. */
const AUTHORIZATION = new Set(["auth", "oauth", "authorization", "authorisation", "header"]);
const SCHEMES = new Set(["basic", "bearer", "token", "apikey", "geniekey", "key", "splunk", "bot"]);
/** Schemes that are followed by a list. */
const LIST_SCHEMES =
  /^(?:digest|hawk|oauth|signature|negotiate|ntlm|aws4?(?:-[\w-]+)?|sharedkey(?:lite)?|hmac[\w-]*)$/i;
/** Ends of long words that follow “basic” and “bearer” in sentences. */
const WORD_ENDING = /(?:tion|ment|ity|ture|ness|ing|ive|al|tial)s?$/;

/** All secrets of a text, in order; none overlap. */
export function secretsIn(text: string): Hit[] {
  return union([...shapesIn(text), ...namedIn(text)]);
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
  const beside = besideName(text, end);
  if (beside > 0 && isSecretName(name)) return valueAt(text, beside);
  if (!isSpace(text[end])) return null;
  const next = skipSpace(text, end);
  const setting = text.slice(before.start, before.end);
  if (/^(?:ENV|set|setenv)$/.test(setting) && /^[A-Z][A-Z\d_]*$/.test(name) && isSecretName(name))
    return valueAt(text, next);
  if (isOption) return name.startsWith("--") && isSecretName(name) ? ofOption(text, next) : null;
  return /^(?:basic|bearer)$/i.test(name) ? ofScheme(text, next, name) : null;
}

/** Where a value begins behind a name: behind a colon or an equals sign, and a quote that closes the name. 0 if none. */
function behindSign(text: string, end: number): number {
  let at = end;
  while (text[at] === "\\") at += 1;
  at = QUOTES.includes(text[at] ?? " ") ? at + 1 : end;
  while (text[at] === "]") at += 1;
  if (text[at] === "[") at += /^\[\w{0,20}\]/.exec(text.slice(at, at + 22))?.[0].length ?? 0;
  at = skipBlanks(text, at);
  if (text[at] === "(")
    at = skipBlanks(text, at + (/^\([^()\n]{0,40}\)/.exec(text.slice(at, at + 42))?.[0].length ?? 0));
  // As it is escaped in addresses.
  if (/^%3[ADad]$/.test(text.slice(at, at + 3))) return at + 3;
  if (text[at] === "-" && text[at + 1] === ">") return skipSpace(text, at + 2);
  if (!":=：".includes(text[at] ?? " ")) return 0;
  while (":=>~：".includes(text[at] ?? " ")) at += 1;
  return text.startsWith("//", at) ? 0 : skipSpace(text, at);
}

/** Where the value of a pair begins whose name ends here: `name="password" value="abc"`. 0 if there is none. */
function besideName(text: string, end: number): number {
  const pair = /^["'\\]{0,4}[\s,]{1,20}["'\\]{0,4}value["'\\]{0,4}\s{0,9}[=:]\s{0,9}/i.exec(text.slice(end, end + 80));
  return pair ? end + pair[0].length : 0;
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
  if (!/^[A-Za-z][\w-]*$/.test(scheme) || scheme.length > SCHEME_LENGTH || isStandIn(scheme))
    return valueAt(text, start);
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
  if (!isSecretName(name) || !/<(?:[\w.-]+:)?$/.test(text.slice(Math.max(0, nameStart - PREFIX_LENGTH), nameStart)))
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

function decodesToPair(base64: string): boolean {
  try {
    return /^[^\p{C}:]*:[^\p{C}]*$/u.test(atob(base64));
  } catch {
    return false;
  }
}
