/** How much of a value is shown where there is one line. */
const SHOWN = 120;

const SIGNS: Record<string, string> = { "\n": "↵", "\r": "", "\t": "⇥" };

/** A value for one line: cut, and with control characters and marks of direction in sight instead of at work. */
export function shorten(text: string, most = SHOWN): string {
  const cut = text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text;
  return cut.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (char) => SIGNS[char] ?? "\ufffd",
  );
}

/** An object or a list for one line: its JSON text without the white space between its parts. */
export function inOneLine(json: string): string {
  return json.replace(/\s*\n\s*/g, " ");
}
