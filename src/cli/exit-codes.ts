/** The exit codes of every command; the only place that defines them. */
export const exitCodes = {
  clean: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Usage or configuration error. */
  usage: 2,
  /** Could not run: I/O, server, internal error. */
  failure: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with a message for the person and no stack. */
export class CliError extends Error {
  override name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}
