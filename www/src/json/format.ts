/** The most levels that are indented: white space for thousands of them would be larger than the text. */
const LEVELS = 100;

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

/** A JSON text laid out with two spaces. Its values keep their spelling, and keys their order. `null` where it is no JSON. */
export function formatted(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const parts: string[] = [];
  let depth = 0;
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    const closes = token === "}" || token === "]";
    const opened = before === "{" || before === "[";
    if (closes) depth -= 1;
    if (before === ":") parts.push(" ");
    else if (before !== "" && token !== ":" && token !== "," && !(closes && opened))
      parts.push("\n", "  ".repeat(Math.min(depth, LEVELS)));
    parts.push(token);
    if (token === "{" || token === "[") depth += 1;
    before = token;
  }
  return `${parts.join("")}${text.endsWith("\n") ? "\n" : ""}`;
}
