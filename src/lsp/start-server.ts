/** The language server over a transport; it goes on until the client ends it. */
import { createConnection, IPCMessageReader, IPCMessageWriter, ProposedFeatures } from 'vscode-languageserver/node';
import { Server } from './server.ts';

export type Transport = 'stdio' | 'node-ipc';

export function startServer(transport: Transport): void {
  const connection =
    transport === 'node-ipc'
      ? createConnection(ProposedFeatures.all, new IPCMessageReader(process), new IPCMessageWriter(process))
      : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  // Standard output is the protocol's: what some library prints must not get between the messages.
  console.log = console.info = console.debug = (...values: unknown[]) => connection.console.log(values.map(String).join(' '));
  const survive = (error: unknown): void => connection.console.error(`unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', survive);
  // The editor is gone; over standard input and output the library notices that by itself.
  if (transport === 'node-ipc') process.on('disconnect', () => process.exit(1));
  new Server(connection);
  connection.listen();
}
