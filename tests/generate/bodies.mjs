/** Bodies that code is made of: one as people write them, and some that look for a way out of their quotes. */
import { readFileSync } from "node:fs";

export const APP_KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/** What snapshots are made of. */
export const REALISTIC = readFileSync(new URL("realistic.json", import.meta.url), "utf8");

const body = (strings, extra = "") => {
  const values = strings.map((value) => JSON.stringify(value)).join(",\n\t  ");
  return `{
"config": {"status": {"source": ["state"], "default_to": "ok", "status_map": {"ok": [
\t  ${values}   \t
]}},   
\t
"primary_property": {"source": [
"@alert.host",
"\\\\"
]}},

"sample_payload": {"n": [1.10, 9007199254740993, 1e400, -0], "\\u0000": "\\ud83d", "pair": "\\ud83d\\ude00", "/": "\\/"${extra}}
}`;
};

/** Quotes of every kind, ends of here-documents, expressions of every language. */
const HAZARDS = [
  "'",
  '"',
  '"""',
  "'''",
  "`",
  "``` `$(id)` ```",
  "$HOME ${HOME} $(id) $$ $1 ${x:-y} $'x'",
  "\\ \\\\ \\n \\u0041 \\x41 \\0 \\",
  "</script><script>alert(1)</script><!-- -->",
  "%s %d %n %% %PATH% %(x)s {0} {} {{0}}",
  "{{ lookup('pipe', 'id') }} {% raw %} {# x #} {{",
  "#{1 + 1} #$0 #@x",
  "JSON\nEOF\nBASE64\n'@\n\"@\n__END__\n",
  "JSON",
  "'@",
  '"@',
  "@'",
  "! & ; | < > * ? [ ] ( ) ~ # = , : - ---",
  "\u2018 \u2019 \u201c \u201d \u00ab \u3000",
  "\u00e9 \u6771 \u{1f600} \u{10ffff} \u200f\u202e right to left \u200b",
  "\r\n\t\b\f\0\u001b[31m",
  "!unsafe |\n  x: y",
];

/** What YAML, C# and Go do not take as it is, and an expression of GitHub. */
const RESTLESS = ["\u2028 \u2029 \u0085 \u007f \u0080", "\ufeff \ufffe \uffff", "${{ secrets.TOKEN }} ${{"];

/** The same hazards in a body that the mock stores. It is laid out as the mock gives it back. */
export const HOSTILE = (() => {
  const values = [...HAZARDS, ...RESTLESS].map((value) => JSON.stringify(value));
  return `{"config": {
  "status": {"source": ["state"], "default_to": "ok", "status_map": {"critical": [
\t  ${values.join(",\n\t  ")}   \t
]}},
\t
  "primary_property": {"name": "host", "source": ["host"]}
}, "sample_payload": {"host": "\\u0000\\/", "state": ${values[0]}, "n": [1.10, 9007199254740993, 1e400, -0], "all": [
  ${values.join(",\n  ")}]}}`;
})();

/** A body with several errors. */
export const INVALID = JSON.stringify({
  config: {
    status: { source: ["state"], default_to: "fine", status_map: { ok: ["up"] } },
    primary_property: { name: "Host name", source: ["host"] },
  },
  sample_payload: { state: "up", x: 1 },
});

/** A body of version 2, with every attribute that only this version has. */
export const VERSION_2 = JSON.stringify(
  {
    config: {
      version: "2.0",
      status: { source: ["state"], default_to: "critical", status_map: { ok: ["up"], critical: ["down"] } },
      primary_property: [{ name: "service" }, { name: "host" }],
      secondary_property: [{ name: "check" }],
      additional_attributes: [
        { name: "host", source: ["host"], isSuggestion: false, suggestedSources: ["node"] },
        { name: "service", source: ["service"] },
        { name: "check", source: ["check"] },
      ],
      map_remaining: true,
      map_remaining_flatten_arrays: true,
      event_filter: 'env IN [test, "a b"] OR host = /^lab-\\d+$/',
      is_default: false,
      preprocessing: [{ id: "split", order: 1, tags: ["host"], params: { delimiter: "'" } }],
    },
    sample_payload: { host: "web-1", service: "shop", check: "ping", state: "down" },
  },
  null,
  2,
);

export const BODIES = {
  realistic: REALISTIC,
  "version 2": VERSION_2,
  hazards: body(HAZARDS),
  restless: body([...HAZARDS, ...RESTLESS]),
  "a million characters": body(["x".repeat(1_000_000), "`\\\"'".repeat(20_000), "\u00e9\u{1f600}\n".repeat(20_000)]),
  "lines with carriage returns": body(["x"]).replaceAll("\n", "\r\n"),
  "many lines": JSON.stringify(
    { config: {}, sample_payload: Array.from({ length: 20_000 }, (_, i) => `\`${i}`) },
    null,
    1,
  ),
};
