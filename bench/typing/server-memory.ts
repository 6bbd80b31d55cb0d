/** What the language server holds while somebody types on and on: the built one, over its pipes, as any editor starts it. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { JsonRpcClient } from '../../test/lsp/json-rpc-client.ts';
import { median } from '../analyzer/measure.ts';
import { keystrokes } from './keystrokes.ts';

export interface ServerMemory {
  /** Megabytes resident when the tree has been checked and nothing typed. */
  atStart: number;
  /** After a thousand edits, and after all: the middle of some samples, since a collector comes when it likes. */
  early: number;
  late: number;
  /** The most there ever was. */
  peak: number;
  edits: number;
}

const server = resolve(import.meta.dirname, '../../dist/lsp.js');
/** Its diagnostics are waited for after so many edits: for each it would take the pause after the last key each time. */
const burst = 10;
export const earlyEdits = 1_000;
const samples = 20;
const patienceMs = 600_000;

/** @param scratch a folder for its cache @returns undefined where the system does not tell (it is Linux that does) */
export async function serverMemory(root: string, file: string, edits: number, scratch: string): Promise<ServerMemory | undefined> {
  if (process.platform !== 'linux') return undefined;
  process.env['KEYSCOPE_CACHE'] = join(scratch, 'cache');
  const client = new JsonRpcClient(process.execPath, [server, '--stdio'], root);
  try {
    const { pid } = client.process;
    if (pid === undefined) throw new Error('the server did not start');
    const rootUri = pathToFileURL(root).href;
    await client.request('initialize', { processId: process.pid, rootUri, workspaceFolders: [{ uri: rootUri, name: 'tree' }], capabilities: { window: { workDoneProgress: true } } });
    client.notify('initialized', {});
    await client.waitFor(({ method, params }) => method === '$/progress' && params.value.kind === 'end', 0, patienceMs);
    const atStart = resident(pid, 'VmRSS');
    const uri = pathToFileURL(file).href;
    const document = TextDocument.create(uri, 'typescript', 1, readFileSync(file, 'utf8'));
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text: document.getText() } });
    const seen: number[] = [];
    for (const [index, { start, removed, inserted }] of keystrokes(document.getText(), edits, true).entries()) {
      const change = { range: { start: document.positionAt(start), end: document.positionAt(start + removed) }, text: inserted };
      const version = index + 2;
      TextDocument.update(document, [change], version);
      const since = client.received.length;
      client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
      if ((index + 1) % burst !== 0) continue;
      await client.waitFor(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === uri && params.version === version, since, patienceMs);
      seen.push(resident(pid, 'VmRSS'));
    }
    const upTo = (edit: number): number => median(seen.slice(Math.max(0, edit / burst - samples), edit / burst));
    return { atStart, early: upTo(earlyEdits), late: upTo(edits), peak: resident(pid, 'VmHWM'), edits };
  } finally {
    await client.stop();
  }
}

/** Megabytes. */
function resident(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}
