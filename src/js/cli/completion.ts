/** `oim completion`: scripts for shells, made from the table. */
import { didYouMean } from "./did-you-mean.js";
import { UsageError } from "./usage-error.js";
import type { Options } from "./options.js";
import { type Description, type Option, TABLE } from "./table.js";

const SHELLS = { bash, zsh, fish };

export async function run({ operands: [shell, ...more] }: Options): Promise<number> {
  const known = Object.keys(SHELLS);
  if (shell === undefined) throw new UsageError("completion", `a shell is missing: ${known.join(", ")}`);
  if (!Object.hasOwn(SHELLS, shell)) {
    throw new UsageError("completion", `\`${shell}\` is not a shell that is known here${didYouMean(shell, known)}`);
  }
  if (more.length > 0) throw new UsageError("completion", "only one shell is expected");
  process.stdout.write(SHELLS[shell as keyof typeof SHELLS]());
  return 0;
}

const COMMANDS: [string, Description][] = Object.entries(TABLE);
const OPTIONS = ({ options }: Description): [string, Option][] => [
  ...Object.entries(options),
  ["help", { kind: "flag", help: "show the help" }],
];

function bash(): string {
  const cases = COMMANDS.map(([name, description]) => {
    const values = OPTIONS(description).filter(([, { kind }]) => kind !== "flag");
    const lines = values.map(
      ([option, { words, complete }]) => `          --${option}) ${bashValue(words, complete)} ;;`,
    );
    const operands = description.operands;
    const fallback = Array.isArray(operands)
      ? words(operands)
      : operands === null
        ? "COMPREPLY=()"
        : `_oim_files ${operands === "folder" ? "-d" : "-f"}`;
    return `    ${name})
      case "$previous" in
${[...lines, `          *) if [[ $current == -* ]]; then ${words(OPTIONS(description).map(([option]) => `--${option}`))}; else ${fallback}; fi ;;`].join("\n")}
      esac ;;`;
  });
  return `# Completion of the command oim for bash.
_oim_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$current"))
}
_oim() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  # The shell takes the sign in --format=json for a word of its own.
  if [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if (( COMP_CWORD == 1 )); then
    ${words([...COMMANDS.map(([name]) => name), "help", "--help", "--version"])}
    return
  fi
  case "\${COMP_WORDS[1]}" in
    help) ${words(COMMANDS.map(([name]) => name))} ;;
${cases.join("\n")}
  esac
}
complete -F _oim oim
`;
}

function words(list: readonly string[]): string {
  return `COMPREPLY=($(compgen -W "${list.join(" ")}" -- "$current"))`;
}

function bashValue(list: readonly string[] | undefined, complete: Option["complete"]): string {
  if (list !== undefined) return words(list);
  return complete === undefined ? "COMPREPLY=()" : `_oim_files ${complete === "folder" ? "-d" : "-f"}`;
}

function zsh(): string {
  const commands = COMMANDS.map(([name, { summary }]) => `    ${quoted(`${name}:${summary.replaceAll(":", "\\:")}`)}`);
  const cases = COMMANDS.map(([name, description]) => {
    const specs = OPTIONS(description).map(([option, { kind, value, words, complete, help }]) => {
      const star = kind === "texts" ? "*" : "";
      const text = help.replace(/[[\]:\\]/g, "\\$&");
      const wanted = kind === "flag" ? "" : `:${value ?? "value"}:${zshValue(words, complete)}`;
      return quoted(`${star}--${option}${kind === "flag" ? "" : "="}[${text}]${wanted}`);
    });
    const { operands } = description;
    if (Array.isArray(operands)) specs.push(quoted(`1:value:(${operands.join(" ")})`));
    else if (operands !== null) specs.push(quoted(`*:${operands}:${operands === "folder" ? "_files -/" : "_files"}`));
    return `    ${name}) _arguments -S ${specs.join(" \\\n        ")} ;;`;
  });
  return `#compdef oim
# Completion of the command oim for zsh.
_oim() {
  local -a commands
  commands=(
${commands.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    compadd -- --help --version
    return
  fi
  local command=$words[2]
  words=("\${(@)words[2,-1]}")
  (( CURRENT -= 1 ))
  case $command in
    help) _describe command commands ;;
${cases.join("\n")}
  esac
}
compdef _oim oim
`;
}

function zshValue(words: readonly string[] | undefined, complete: Option["complete"]): string {
  if (words !== undefined) return `(${words.join(" ")})`;
  return complete === undefined ? " " : complete === "folder" ? "_files -/" : "_files";
}

function fish(): string {
  const lines = ["# Completion of the command oim for fish.", "complete -c oim -f"];
  const first = "__fish_use_subcommand";
  for (const [name, { summary }] of COMMANDS)
    lines.push(`complete -c oim -n ${first} -a ${name} -d ${fishQuoted(summary)}`);
  lines.push(
    `complete -c oim -n ${first} -l help -d 'show the help'`,
    `complete -c oim -n ${first} -l version -d 'show the version'`,
  );
  for (const [name, description] of COMMANDS) {
    const here = `'__fish_seen_subcommand_from ${name}'`;
    for (const [option, { kind, words, complete, help }] of OPTIONS(description)) {
      const value =
        kind === "flag"
          ? ""
          : words !== undefined
            ? ` -x -a '${words.join(" ")}'`
            : complete === undefined
              ? " -x"
              : complete === "folder"
                ? " -x -a '(__fish_complete_directories)'"
                : " -r -F";
      lines.push(`complete -c oim -n ${here} -l ${option}${value} -d ${fishQuoted(help)}`);
    }
    const { operands } = description;
    if (Array.isArray(operands)) lines.push(`complete -c oim -n ${here} -a '${operands.join(" ")}'`);
    else if (operands === "folder") lines.push(`complete -c oim -n ${here} -a '(__fish_complete_directories)'`);
    else if (operands === "file") lines.push(`complete -c oim -n ${here} -F`);
  }
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
