/** The body in the code of a target, as its language reads it. */
const ESCAPES = { n: "\n", t: "\t", s: " " };

/** `\n`, `\uXXXX`, `\UXXXXXXXX` and what else the languages share. */
function unescaped(text) {
  return text.replace(/\\(?:U([0-9A-F]{8})|u([0-9A-F]{4})|([^]))/g, (_, long, short, one) =>
    one === undefined ? String.fromCodePoint(Number.parseInt(long ?? short, 16)) : (ESCAPES[one] ?? one),
  );
}

const between = (code, before, after) => {
  const start = code.indexOf(before) + before.length;
  return code.slice(start, code.indexOf(after, start));
};

export const LITERALS = {
  javascript: (code) => new Function(`return ${between(code, "const BODY = ", ";\n\nconst HINTS")}`)(),

  python: (code) => between(code, 'BODY = r"""', '"""'),

  curl: (code) => between(code, "<<'JSON'\n", "JSON\n"),

  ruby: (code) => between(code, "<<'JSON'\n", "JSON\n"),

  go(code) {
    const literal = between(code, "const body = ", "\n\nvar hints");
    return literal.replace(/ \+ |`([^`]*)`|"((?:[^"\\]|\\.)*)"/g, (_, raw, quoted) => raw ?? unescaped(quoted ?? ""));
  },

  java(code) {
    const literal = between(code, "String BODY = ", ";\n\n    public static");
    return (
      [...literal.matchAll(/"""\n([^]*?) {12}"""/g)]
        .map(([, block]) => block.replace(/^ {12}/gm, "").replace(/[ \t]+$/gm, ""))
        // Its \u is read before anything else, unless a backslash stands before it.
        .map((block) =>
          block
            .replace(/\\\n/g, "")
            .replace(/\\(?:u([0-9A-F]{4})|([^]))/g, (_, unit, one) =>
              unit === undefined ? (ESCAPES[one] ?? one) : String.fromCharCode(Number.parseInt(unit, 16)),
            ),
        )
        .join("")
    );
  },

  powershell: (code) => `${between(code, "$Body = @'\n", '\n\'@ + "`n"')}\n`,

  csharp(code) {
    const literal = between(code, "byte[] body = ", "u8.ToArray();");
    // Every line loses the white space that stands before the closing quotes, and the last line end is none.
    if (literal.startsWith('"""')) return literal.slice(4, -8).replace(/^ {4}/gm, "");
    return unescaped(literal.slice(1, -1));
  },

  "github-actions"(code) {
    const run = between(code, "cat >body.json <<'JSON'\n", "          JSON\n");
    if (code.includes("<<'JSON'")) return run.replace(/^ {10}/gm, "");
    return Buffer.from(between(code, "<<'BASE64'\n", "BASE64\n"), "base64").toString();
  },
};
