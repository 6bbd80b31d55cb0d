/** One command line, from its arguments to its exit code. */
import { CommanderError } from 'commander';
import { CliError, exitCodes, type ExitCode } from './exit-codes.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/** @param args without node and script. Nothing is thrown; undefined while a server goes on. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode | undefined> {
  let code: ExitCode | undefined;
  try {
    await createProgram(terminal, (result) => (code = result)).parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has written its message already; its own exit code for help and version is 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
    if (error instanceof CliError) {
      terminal.err(`keyscope: ${error.message}\n`);
      return error.exitCode;
    }
    const detail = error instanceof Error ? (terminal.env['KEYSCOPE_DEBUG'] ? error.stack : error.message) : String(error);
    terminal.err(`keyscope: internal error: ${detail}\nPlease report it; KEYSCOPE_DEBUG=1 shows where it happened.\n`);
    return exitCodes.failure;
  }
}
