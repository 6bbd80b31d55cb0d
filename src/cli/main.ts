/** The entry of the command line. */
import { CommanderError } from 'commander';
import { CliError, exitCodes, type ExitCode } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { processTerminal, type Terminal } from './terminal.ts';

/** Runs one command line (without node and script) to its exit code. Nothing is thrown. Undefined while a server goes on. */
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
    const detail = error instanceof Error ? (process.env['KEYSCOPE_DEBUG'] ? error.stack : error.message) : String(error);
    terminal.err(`keyscope: internal error: ${detail}\nPlease report it; KEYSCOPE_DEBUG=1 shows where it happened.\n`);
    return exitCodes.failure;
  }
}

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCodes.clean);
  throw error;
});

void run(process.argv.slice(2), processTerminal()).then((code) => {
  // Not process.exit: what is still in the pipe would be cut off.
  if (code !== undefined) process.exitCode = code;
});
