/** Secrets that are recognised by their shapes, in one pass for each shape. */
import type { Hit } from "./patterns.ts";

/** What took the place of a secret already. */
const STAND_IN = /^(?:token|secret)-\d+$/;

/** What can be nothing else. Where a part opens the door, the part is the first group. */
const SHAPES = [
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[oprsu]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{18,}|npm_\w{30,}|xox[abeoprs]-[\w-]{10,})/g,
  /\b(?:sk|rk)[_-](?:live|test|proj|ant)[_-][\w-]{16,}/g,
  /\b(?:AIza[\w-]{30,}|ya29\.[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|hv[sb]\.[\w-]{20,}|dop_v1_[\da-f]{40,})/g,
  /\b(?:glsa_\w{30,}|glc_[\w=+/]{30,}|NR(?:AK|II|JS|AA)-[\w-]{16,}|GOCSPX-[\w-]{20,}|hf_\w{30,}|shp(?:at|ca|pa|ss)_\w{30,})/g,
  /\bdt0[a-z]\d\d\.[A-Z0-9]{20,30}\.[A-Z0-9]{60,70}\b/g,
  /\bbot(\d{8,10}:[\w-]{35})(?![\w-])/g,
  /\bjdbc:oracle:\w{1,10}:([^\s/@"']{1,128}\/[^\s@"']{1,128})(?=@)/gi,
  /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/([\w/-]{8,})/gi,
  /\bdiscord(?:app)?\.com\/api\/webhooks\/([\w/-]{8,})/gi,
  /\.(?:webhook\.office|logic\.azure)\.com(?::\d{1,5})?\/([^\s"'<>]{8,})/gi,
  /\bevents\.pagerduty\.com\/(?:integration|generic)\/([\w/-]{8,})/gi,
];

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

/** Whether what stands there took the place of a secret already. */
export function isStandIn(text: string, start = 0, end = text.length): boolean {
  return end - start < 20 && STAND_IN.test(text.slice(start, end));
}
