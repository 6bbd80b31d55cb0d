/** What the language server holds while somebody types on and on: the built one, over its pipes, as any editor starts it. */
import { once } from 'node:events';
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
  /** After a thousand edits, and after all. */
  early: Sample;
  late: Sample;
  /** The most there ever was. */
  peak: number;
  edits: number;
}

export interface Sample {
  /** Megabytes resident as anybody sees them: the middle of some samples, since a collector comes when it likes. */
  seen: number;
  /** The same just after a collection. */
  collected: number;
  /** Megabytes of objects that it left. */
  alive: number;
}

const collectOnSignal = pathToFileURL(resolve(import.meta.dirname, 'collect-on-signal.mjs')).href;
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
  const client = new JsonRpcClient(process.execPath, ['--expose-gc', '--import', collectOnSignal, server, '--stdio'], root);
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
    const taken: Sample[] = [];
    for (const [index, { start, removed, inserted }] of keystrokes(document.getText(), edits, true).entries()) {
      const change = { range: { start: document.positionAt(start), end: document.positionAt(start + removed) }, text: inserted };
      const version = index + 2;
      TextDocument.update(document, [change], version);
      const since = client.received.length;
      client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
      if ((index + 1) % burst !== 0) continue;
      await client.waitFor(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === uri && params.version === version, since, patienceMs);
      seen.push(resident(pid, 'VmRSS'));
      if (index + 1 === earlyEdits || index + 1 === edits) taken.push({ seen: median(seen.slice(-samples)), ...(await collected(client)) });
    }
    const [early, late] = taken;
    if (!early || !late) throw new RangeError(`${edits} edits are not a multiple of ${burst} beyond ${earlyEdits}`);
    return { atStart, early, late, peak: resident(pid, 'VmHWM'), edits };
  } finally {
    await client.stop();
  }
}

async function collected({ process: { pid = 0, stderr } }: JsonRpcClient): Promise<{ collected: number; alive: number }> {
  const told = once(stderr, 'data');
  process.kill(pid, 'SIGUSR2');
  const [rss, heap] = /collected (\d+) (\d+)/.exec(String(await told))?.slice(1).map((bytes) => Number(bytes) / 2 ** 20) ?? [];
  if (rss === undefined || heap === undefined) throw new Error('the server did not say what it holds');
  return { collected: rss, alive: heap };
}

/** Megabytes. */
function resident(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}
