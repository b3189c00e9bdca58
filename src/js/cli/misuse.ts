/** A command that was called wrongly, or cannot read what it was given: told in one sentence, exit code 2. */
export class Misuse extends Error {
  /** `command` is the subcommand whose help helps; empty for `oim` itself, `null` where no help would. */
  constructor(
    readonly command: string | null,
    message: string,
  ) {
    super(message);
  }
}

/** The same for input that cannot be read, where the help of the command would not help. */
export function unreadable(message: string): Misuse {
  return new Misuse(null, message);
}
