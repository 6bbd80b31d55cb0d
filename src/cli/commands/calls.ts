/** `keyscope calls`: every Redis command in the code, with what is known of its client and its key. */
import type { CallRecord } from '../../analyzer/analyzer.ts';
import { LineIndex } from '../../analyzer/line-index.ts';
import stringWidth from 'string-width';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { loadAnalyzer } from '../load-analyzer.ts';
import type { listFormats, CommonOptions } from '../options.ts';
import { countOf } from '../report/stylish.ts';
import { openSession, relativeTo, requireSoundConfig, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export interface CallsCommandOptions extends CommonOptions {
  format: (typeof listFormats)[number];
}

type PlacedCall = Omit<CallRecord, 'start'> & { line: number; column: number };

export async function calls(paths: readonly string[], options: CallsCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const session = openSession(paths, options, { terminal, doing: 'Reading' });
  const found = session.paths?.length === 0 ? [] : await collectCalls(session);
  if (options.format === 'json') terminal.out(`${JSON.stringify({ calls: found.map(jsonOf) }, undefined, 2)}\n`);
  else terminal.out(table(found, terminal));
  return exitCodes.clean;
}

async function collectCalls(session: Session): Promise<PlacedCall[]> {
  const analyzer = await loadAnalyzer(session);
  try {
    const result = await analyzer.calls({ paths: session.paths, onLoad: session.progress.collecting });
    requireSoundConfig(session.configs, session.cwd);
    const indexes = new Map<string, LineIndex>();
    return result.calls.map(({ start, ...call }) => {
      let index = indexes.get(call.file);
      if (!index) indexes.set(call.file, (index = new LineIndex(analyzer.text(call.file) ?? '')));
      return { ...call, file: relativeTo(session.cwd, call.file), client: relativeClient(session.cwd, call.client), ...index.at(start) };
    });
  } finally {
    session.progress.end();
  }
}

/** The order of the contract. */
function jsonOf({ file, line, column, command, dialect, major, receiver, client, db, prefix, confidence, keyPattern }: PlacedCall): object {
  return { file, line, column, command, dialect, major, receiver, client, db, prefix, confidence, keyPattern };
}

/** A client's identity is `file#offset`; people and files that are committed want it without the machine's folders. */
function relativeClient(cwd: string, client: string): string {
  const at = client.lastIndexOf('#');
  return at > 0 ? `${relativeTo(cwd, client.slice(0, at))}${client.slice(at)}` : client;
}

function table(found: readonly PlacedCall[], { colors }: Terminal): string {
  const rows = found.map((call) => [`${call.file}:${call.line}:${call.column}`, call.command, call.keyPattern ?? '', `${call.dialect} ${call.major}`, call.receiver, call.confidence]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...rows.map((row) => stringWidth(row[column] ?? ''))));
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell))));
    const [place = '', command = '', ...rest] = cells;
    return `${place}  ${colors.bold(command)}  ${rest.join('  ')}`.trimEnd();
  });
  const files = new Set(found.map((call) => call.file)).size;
  return [...lines, colors.dim(found.length > 0 ? `${countOf(found.length, 'Redis call')} in ${countOf(files, 'file')}` : 'No Redis calls found'), ''].join('\n');
}
