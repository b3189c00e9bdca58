/** Wrong use of the command, or input that cannot be read: reported in one sentence, exit code 2. */
export class UsageError extends Error {
  /** `command` is the subcommand whose help helps; empty for `oim` itself, `null` where none would. */
  constructor(
    readonly command: string | null,
    message: string,
  ) {
    super(message);
  }
}

/** The error for input that cannot be read. */
export function unreadable(message: string): UsageError {
  return new UsageError(null, message);
}
