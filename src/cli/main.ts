/** The entry of the command line. */
import { exitCodes } from './exit-codes.ts';
import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCodes.clean);
  throw error;
});

void run(process.argv.slice(2), processTerminal()).then((code) => {
  // Not process.exit: what is still in the pipe would be cut off.
  if (code !== undefined) process.exitCode = code;
});
