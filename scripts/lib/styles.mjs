import { transform } from "esbuild";

/** A style sheet in a module of the page. One with something put into it is left as it is. */
const SHEET = /\bcss`([^`$\\]*)`/g;

/** Takes out of a module's style sheets what only people read: bundlers leave the text of templates alone. */
export async function compactStyles(code) {
  const sheets = [...code.matchAll(SHEET)];
  const compact = await Promise.all(sheets.map(([, text]) => transform(text, { loader: "css", minify: true })));
  return sheets.reduceRight((all, { index, 0: { length } }, place) => {
    const text = compact[place].code.trim().replaceAll("\\", "\\\\");
    return `${all.slice(0, index)}css\`${text}\`${all.slice(index + length)}`;
  }, code);
}
