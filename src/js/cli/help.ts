/** The help texts, made from the table. */
import { type Description, type Option, TABLE } from "./table.js";

const WIDTH = 116;
/** Where the texts begin; an option that needs more room has a line of its own. */
const INDENT = 26;

/** The help of `oim` itself. */
export function overview(): string {
  const commands = Object.entries(TABLE).map(([name, { summary }]) => `  ${name.padEnd(14)}${summary}`);
  return `Usage: oim <command> [options]

Works with BigPanda Open Integration Manager configurations, version 1 and 2.

Commands:
${commands.join("\n")}

Options:
  -h, --help    show this help, or that of a command
  --version     show the version

Exit codes: 0 fine, 1 problems found, 2 usage error or unreadable input.
`;
}

/** The help of a subcommand. */
export function helpOf({ usage, about, options, notes }: Description): string {
  const rows = Object.entries(options).map(([name, option]) => row(`--${name}${valueOf(option)}`, option.help));
  const parts = [
    `Usage: oim ${usage}`,
    about && paragraphs(about),
    `Options:\n${[...rows, row("-h, --help", "show this help")].join("\n")}`,
    notes && paragraphs(notes),
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

function valueOf({ kind, value, words }: Option): string {
  return kind === "flag" ? "" : ` <${value ?? words?.join("|") ?? "value"}>`;
}

/** Paragraphs, wrapped. Of a text that is indented each line stays a line. */
function paragraphs(text: string): string {
  return text
    .split("\n\n")
    .map((paragraph) =>
      /^ /m.test(paragraph) ? paragraph : wrapped(paragraph.replaceAll("\n", " "), WIDTH).join("\n"),
    )
    .join("\n\n");
}

/** The lines of a text, each of up to `width` characters where its words allow that. */
function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1] ?? "";
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}

function row(left: string, text: string): string {
  const lines = wrapped(text, WIDTH - INDENT);
  const head = `  ${left}`;
  const texts = head.length + 2 > INDENT ? ["", ...lines] : lines;
  return texts.map((line, at) => `${at === 0 ? head.padEnd(INDENT) : " ".repeat(INDENT)}${line}`.trimEnd()).join("\n");
}
