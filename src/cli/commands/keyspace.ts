/** `keyscope keyspace`: what a server holds, by namespace. Reads alone; no call holds the server for long. */
import { withServer, type ConnectionOptions } from '../connect.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { keyspaceFormats } from '../options.ts';
import { startProgress } from '../progress.ts';
import { keyspaceJson, keyspaceTable, type MeasuredServer } from '../report/keyspace.ts';
import type { Terminal } from '../terminal.ts';

export interface KeyspaceCommandOptions extends ConnectionOptions {
  format: (typeof keyspaceFormats)[number];
  depth: number;
  delimiter: string[];
  match?: string;
  type?: string;
  sample?: number;
  top: number;
}

export async function keyspace(url: string | undefined, options: KeyspaceCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { depth, delimiter, match, type, sample } = options;
  const progress = startProgress(terminal, sample === undefined ? 'Inspecting' : 'Scanning', 'keys');
  const measured = await withServer(url, options, terminal, async (connection, { Keyspace }): Promise<MeasuredServer> => {
    const started = performance.now();
    const delimiters = delimiter.length > 0 ? delimiter : undefined;
    const found = await new Keyspace(connection).measure({ depth, delimiters, match, type, sample, onProgress: (done, total) => progress.update(done, total ?? done) });
    return { ...found, ms: performance.now() - started, where: connection.where, db: connection.db, isCluster: connection.isCluster };
  }).finally(() => progress.end());
  terminal.out(options.format === 'json' ? keyspaceJson(measured) : keyspaceTable(measured, terminal, options.top));
  return exitCodes.clean;
}
