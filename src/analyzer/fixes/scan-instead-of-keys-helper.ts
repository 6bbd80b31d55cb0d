/** `r.keys(p).then(f)`, `r.keys(p, callback)`, a condition: the call becomes one of a function at the end of the file, which scans. */
import type ts from 'typescript';
import { scanCount, type ScanWriter } from '../dialects/write/scan.ts';
import type { TextEdit } from '../rules/rule.ts';
import type { KeysScan } from './scan-instead-of-keys-parts.ts';
import { collectLines } from './scan-instead-of-keys-collect.ts';
import { appendToFile, replaceRange } from './text/edits.ts';
import { render, type Lines } from './text/lines.ts';
import { identifiersOf } from './text/names.ts';
import { quote } from './text/quote.ts';
import type { Style } from './text/style.ts';

/** A line of code longer than this is broken. */
const widest = 100;

/** Undefined where the promise is dropped, or where the client may be missing. */
export function scanByHelper(scan: KeysScan): TextEdit[] | undefined {
  const { call, optional, strip, comments, parts, style } = scan;
  const { node, use, callback, sourceFile } = call;
  if (optional || strip !== '' || comments.length > 0 || use.kind === 'void' || use.kind === 'floating') return undefined;
  const withCallback = use.kind === 'callback';
  if (withCallback ? !callback || !canCallBack(scan) : !scan.writer) return undefined;
  const pattern = call.args.list[0];
  if (!pattern) return undefined;
  const write = (name: string): Lines => (withCallback ? callbackHelper(name, scan) : promiseHelper(name, scan));
  const helper = placeHelper(sourceFile, withCallback ? 'scanKeysThen' : 'scanKeys', write, style);
  // From the callee to the pattern, and where the call was raw, from the pattern on: the arguments themselves stay as they are.
  const end = callback ?? pattern;
  return [
    replaceRange(sourceFile, node.getStart(sourceFile), pattern.getStart(sourceFile), `${helper.name}(${parts.client}, `),
    ...(call.spelling === 'raw' && callback ? [replaceRange(sourceFile, pattern.end, callback.getStart(sourceFile), ', ')] : []),
    ...(sourceFile.text.slice(end.end, node.end) === ')' ? [] : [replaceRange(sourceFile, end.end, node.end, ')')]),
    ...helper.edits,
  ];
}

/** The helper as it stands in the file already, else appended to it under a name that is free there. */
function placeHelper(sourceFile: ts.SourceFile, wanted: string, write: (name: string) => Lines, style: Style): { name: string; edits: TextEdit[] } {
  const used = identifiersOf(sourceFile);
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : wanted + number;
    const lines = write(name);
    if (sourceFile.text.includes(render(lines, '', style))) return { name, edits: [] };
    if (!used.has(name)) return { name, edits: [appendToFile(sourceFile, lines)] };
  }
}

function promiseHelper(name: string, scan: KeysScan): Lines {
  const { style } = scan;
  const writer = scan.writer;
  if (!writer) return [];
  const parts = { client: 'client', pattern: writer.dialect === 'ioredis' ? 'match' : 'pattern', names: { key: 'key', batch: 'batch', list: 'keys', node: 'node', master: 'master', cursor: 'cursor', page: 'page' } };
  // A node-redis cluster hands its nodes to itself: what they are does not matter.
  const generic = style.typescript && writer.dialect === 'node-redis' && writer.target !== 'client' ? '<Master>' : '';
  const parameters = style.typescript ? [`client: ${clientType(writer)}`, `${parts.pattern}: string`] : ['client', parts.pattern];
  const body = collectLines({ ...scan, parts, optional: false, strip: '', comments: [] }, 'found', { typed: true });
  return ['/** The keys that match, by SCAN: unlike KEYS it lets other commands in between. */', ...head(`async function ${name}${generic}`, parameters, 'Promise<string[]>', style), [...body, 'return [...found];'], '}'];
}

/** A function's first line, or lines where its parameters' types are long. */
function head(name: string, parameters: readonly string[], result: string, style: Style): Lines {
  const end = `${style.typescript ? `: ${result}` : ''} {`;
  const line = `${name}(${parameters.join(', ')})${end}`;
  if (line.length <= widest) return [line];
  const last = parameters.length - 1;
  return [`${name}(`, parameters.map((parameter, index) => (index < last || style.trailingCommas ? `${parameter},` : parameter)), `)${end}`];
}

/** What the helper needs of a client, whichever of the library's types it has. */
function clientType({ step, target, dialect, style }: ScanWriter): string {
  const [open, close] = style.bracketSpacing ? ['{ ', ' }'] : ['{', '}'];
  const object = (content: string): string => open + content + close;
  if (step === 'cursor') return object(`scan(cursor: string, options: ${object('MATCH: string; COUNT: number')}): Promise<${object('cursor: string; keys: string[]')}>`);
  const scanned =
    dialect === 'ioredis'
      ? object(`scanStream(options: ${object('match: string; count: number')}): AsyncIterable<string[]>`)
      : object(`scanIterator(options: ${object('MATCH: string; COUNT: number')}): AsyncIterable<${step === 'key' ? 'string' : 'string[]'}>`);
  if (target === 'client') return scanned;
  if (dialect === 'node-redis') return object(`masters: readonly Master[]; nodeClient(master: Master): Promise<${scanned}> | ${scanned}`);
  const ping = 'ping(): Promise<unknown>';
  const cluster = object(`nodes(role: ${quote('master', style)}): ${scanned}[]; ${ping}`);
  return target === 'cluster' ? cluster : `${cluster} | (${scanned} & ${object(ping)})`;
}

function canCallBack({ call, writer }: KeysScan): boolean {
  return call.dialect === 'ioredis' ? writer?.target === 'client' : call.major === 3;
}

function callbackHelper(name: string, { call, style }: KeysScan): Lines {
  const [client, body] = call.dialect === 'ioredis' ? streamBody(style) : cursorBody(style);
  return [
    '/** The keys that match, by SCAN: unlike KEYS it lets other commands in between. */',
    ...head(`function ${name}`, style.typescript ? [`client: ${client}`, 'pattern: string', 'callback: (error: Error | null, keys: string[]) => void'] : ['client', 'pattern', 'callback'], 'void', style),
    [`const found = new Set${style.typescript ? '<string>' : ''}();`, ...body],
    '}',
  ];
}

/** ioredis: what is needed of the client, and the statements. */
function streamBody(style: Style): [string, Lines] {
  const q = (text: string): string => quote(text, style);
  const [open, close] = style.bracketSpacing ? ['{ ', ' }'] : ['{', '}'];
  return [
    `${open}scanStream(options: ${open}match: string; count: number${close}): NodeJS.ReadableStream${close}`,
    [
      `const stream = client.scanStream(${open}match: pattern, count: ${scanCount}${close});`,
      `stream.on(${q('data')}, (batch${style.typescript ? ': string[]' : ''}) => {`,
      ['for (const key of batch) found.add(key);'],
      '});',
      `stream.on(${q('error')}, (error${style.typescript ? ': Error' : ''}) => callback(error${style.typescript ? ', []' : ''}));`,
      `stream.on(${q('end')}, () => callback(null, [...found]));`,
    ],
  ];
}

/** node-redis 3 has the command alone. */
function cursorBody(style: Style): [string, Lines] {
  const q = (text: string): string => quote(text, style);
  const [open, close] = style.bracketSpacing ? ['{ ', ' }'] : ['{', '}'];
  return [
    `${open}scan(cursor: string, match: string, pattern: string, count: string, size: string, callback: (error: Error | null, page: [string, string[]]) => void): boolean${close}`,
    [
      `const step = (cursor${style.typescript ? ': string' : ''})${style.typescript ? ': boolean' : ''} =>`,
      [
        `client.scan(cursor, ${q('MATCH')}, pattern, ${q('COUNT')}, ${q(String(scanCount))}, (error, page) => {`,
        [
          `if (error) return callback(error${style.typescript ? ', []' : ''});`,
          'for (const key of page[1]) found.add(key);',
          `if (page[0] === ${q('0')}) return callback(null, [...found]);`,
          'step(page[0]);',
        ],
        '});',
      ],
      `step(${q('0')});`,
    ],
  ];
}
