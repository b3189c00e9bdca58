/** A coverage as Markdown. */
import type { Count, Coverage, Outcomes } from "../../types.js";
import type { Places } from "../archive/places.js";
import { code, plain, table } from "../markdown.js";
import { amount, gave, itemName, notesOf, outcomesOf, rulesOf, summaryOf, titleOf, wordsOf } from "./facts.js";

export function coverageMarkdown(coverage: Coverage, places: Places): string {
  const parts = ["## Coverage", summaryOf(coverage)];
  const first = ({ payloads: [place] }: Count) => (place === undefined ? "" : code(places.nameOf(place)));
  const notes = notesOf(coverage).map(
    ({ text, code: name, count }) => `- ${text}${name === undefined ? "" : ` ${code(name)}`}, first in ${first(count)}`,
  );
  if (notes.length > 0) parts.push(notes.join("\n"));
  const rows: string[][] = [];
  for (const rule of rulesOf(coverage)) {
    const { title, pointer } = titleOf(rule);
    const name = `**${plain(title)}**${pointer === "" ? "" : ` ${code(pointer)}`}`;
    rows.push([name, `**${amount(gave(rule.outcomes))}**`, others(rule.outcomes, true)]);
    for (const item of rule.items) {
      const { kind, text } = itemName(item);
      rows.push([
        text === "" ? kind : `${kind} ${code(text)}`,
        amount(gave(item.outcomes)),
        others(item.outcomes, false),
      ]);
    }
  }
  parts.push(table(["rule", "gave the value", "otherwise"], rows, [false, true, false]));
  const { words, more } = wordsOf(coverage);
  if (words.length > 0) {
    const listed = words.map((word) => [code(word.word), amount(word.count), first(word)]);
    if (more > 0) listed.push(["others", amount(more), ""]);
    parts.push("### Words that got the default status");
    parts.push(table(["word", "alerts", "first in"], listed, [false, true, false]));
  }
  return `${parts.join("\n\n")}\n`;
}

/** What became of it where it did not give the value. */
function others(outcomes: Outcomes, isRule: boolean): string {
  const { used, matched, "received-at": received, default: fallback, ...rest } = outcomes;
  return outcomesOf(rest, isRule)
    .map(([word, { count }]) => `${amount(count)} ${word}`)
    .join(", ");
}
