/** A style sheet in a module of the page. One with something put into it is left as it is. */
const SHEET = /\bcss`([^`$\\]*)`/g;

/** Takes out of a module's templates what only people read, since bundlers leave their text alone: the white space of style sheets, and how lines are indented. */
export async function compactTemplates(code) {
  // Not from the start: it is set up by what loads this file.
  const { transform } = await import("esbuild");
  const sheets = [...code.matchAll(SHEET)];
  const compact = await Promise.all(sheets.map(([, text]) => transform(text, { loader: "css", minify: true })));
  const styled = sheets.reduceRight((all, { index, 0: { length } }, place) => {
    const text = compact[place].code.trim().replaceAll("\\", "\\\\");
    return `${all.slice(0, index)}css\`${text}\`${all.slice(index + length)}`;
  }, code);
  return styled.replaceAll(/\n +/g, "\n");
}
