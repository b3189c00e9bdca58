/** Which names say that what they name is a secret: `x-api-key`, `dbPassword`, `AWS_SECRET_ACCESS_KEY`. */

/** Words that name a secret wherever in a name they stand, also run together with others: `pgpassword`, `authtoken`. */
const STRONG =
  /pass(?:wor[dt]|wd|phrase|code|key)|kennwort|wachtwoord|(?:secret|token|pwd|credential|(?:api|app|access|private)key|sess(?:ion)?id)s?$|^(?:creds?|jwt)$|^(?:db|user|admin|root|smtp|sql|ldap)pass$/;

/** Words that name a secret only at the end: an `auth` is one, an `auth_method` is none. */
const WEAK = words("auth oauth authorization authorisation cookie cookies signature sig pass psk otp bearer");

/** What may follow a weak word. */
const NEUTRAL = words("value values header headers string data raw plain text hash base64 b64 encoded old new");

/** Words before `key` that make it a secret. `key`, `incident_key` and `dedup_key` name alerts. */
const OPENING = words(
  "api app application access private secret account encryption signing master ssh integration routing auth session subscription functions shared client deploy",
);

/** Last words of names that speak of a secret without holding it. */
const ABOUT = words(
  `count counts type kind name names expired expires expiry expiration expire age ttl length size policy method status
  state enabled disabled required present valid invalid limit limits usage used remaining total rate latency time date at
  timestamp ms seconds days version provider error errors failure failures failed attempts event events level result
  reason change changed changes reset rotation rotated url uri endpoint path file filename scope scopes server service
  mode module host domain group role stdin manager store`,
);

/** First words of names of amounts and answers: `max_tokens`, `has_password`. */
const AMOUNT = words(
  "max min total num number count has is require requires required needs remaining prompt completion",
);

/** Names that are remembered, and how long they may be. Documents repeat theirs thousands of times. */
const REMEMBERED = 2_000;
const REMEMBERED_LENGTH = 80;
const known = new Map<string, boolean>();

/** Whether a value of this name is a secret. */
export function isSecretName(name: string): boolean {
  if (name.length > REMEMBERED_LENGTH) return namesSecret(wordsOf(name));
  let secret = known.get(name);
  if (secret === undefined) {
    if (known.size >= REMEMBERED) known.clear();
    secret = namesSecret(wordsOf(name));
    known.set(name, secret);
  }
  return secret;
}

/** Whether it takes both words to name a secret: `API key`. */
export function isSecretPair(first: string, second: string): boolean {
  const [before, after] = [wordsOf(first).at(-1), wordsOf(second)];
  return before !== undefined && after.length === 1 && isPair(before, after[0] ?? "");
}

/** The words of a name in small letters; digits are none. Names are split at capitals, too: `APIKeyV2`. */
export function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());
}

function namesSecret(name: string[]): boolean {
  const last = name.at(-1) ?? "";
  if (name.length > 1 && (ABOUT.has(last) || AMOUNT.has(name[0] ?? ""))) return false;
  if (STRONG.test(name.join(""))) return true;
  if (name.some((word, index) => STRONG.test(word) || isPair(name[index - 1] ?? "", word))) return true;
  const end = name.findLastIndex((word) => !NEUTRAL.has(word));
  return WEAK.has(name[end] ?? "");
}

function isPair(first: string, second: string): boolean {
  return ((second === "key" || second === "keys") && OPENING.has(first)) || STRONG.test(first + second);
}

function words(text: string): Set<string> {
  return new Set(text.split(/\s+/));
}
