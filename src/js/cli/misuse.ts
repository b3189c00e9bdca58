/** A command that was called wrongly, or cannot read what it was given: told in one sentence, exit code 2. */
export class Misuse extends Error {
  /** `command` is the subcommand whose help helps; empty for `oim` itself. */
  constructor(
    readonly command: string,
    message: string,
  ) {
    super(message);
  }
}
