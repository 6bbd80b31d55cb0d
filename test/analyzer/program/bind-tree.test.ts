/** After any edit a tree is bound as the compiler binds the whole of it: parents, symbols, scopes, the flow. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { compilerInternals, compilerOptions } from '../../../src/analyzer/program/compiler.ts';
import { changedRange } from '../../../src/analyzer/program/import-edits.ts';
import { SourceTrees } from '../../../src/analyzer/program/source-trees.ts';
import { randomly } from '../../support/randomly.ts';

interface FlowNode {
  flags: number;
  node?: ts.Node;
  antecedent?: FlowNode | FlowNode[];
}
interface Bound extends ts.Node {
  symbol?: ts.Symbol;
  localSymbol?: ts.Symbol;
  locals?: ts.SymbolTable;
  flowNode?: FlowNode;
  endFlowNode?: FlowNode;
  returnFlowNode?: FlowNode;
}

const placeOf = (node: ts.Node | undefined): string => (node ? `${ts.SyntaxKind[node.kind]} ${node.pos}-${node.end}` : 'none');
const symbolText = (symbol: ts.Symbol | undefined): string => (symbol ? `${symbol.name.replaceAll(/#\d+@/g, '#@')} ${symbol.flags} [${(symbol.declarations ?? []).map(placeOf).join()}] ${placeOf(symbol.valueDeclaration)}` : 'none');
const tableText = (table: ts.SymbolTable | undefined): string => [...(table?.values() ?? [])].map(symbolText).sort().join('; ');

const before = ({ antecedent }: FlowNode): FlowNode[] => (antecedent === undefined ? [] : Array.isArray(antecedent) ? antecedent : [antecedent]);

/** The flow that leads to a place, each node of it once, in the order in which they are met. */
function flowText(start: FlowNode | undefined): string {
  if (!start) return 'none';
  const numbers = new Map<FlowNode, number>([[start, 0]]);
  const lines: string[] = [];
  for (const [node] of numbers) {
    const earlier = before(node);
    for (const one of earlier) if (!numbers.has(one)) numbers.set(one, numbers.size);
    // 6144: whether it was met once or more often, which changes nothing.
    lines.push(`${node.flags & ~6_144} ${node.node && 'kind' in node.node ? placeOf(node.node) : ''} ← ${earlier.map((one) => numbers.get(one)).join()}`);
  }
  return lines.join('\n');
}

function described(tree: ts.SourceFile): string[] {
  const lines: string[] = [];
  const visit = (node: Bound, parent: ts.Node | undefined): void => {
    const { symbol, localSymbol, locals, flowNode, endFlowNode, returnFlowNode } = node;
    lines.push([
      placeOf(node), node.parent === parent ? '' : `parent ${placeOf(node.parent)}`, node.flags & ~ts.NodeFlags.HasAggregatedChildData, symbolText(symbol), symbolText(localSymbol),
      tableText(locals), symbol ? `${tableText(symbol.members)} | ${tableText(symbol.exports)}` : '', flowText(flowNode), flowText(endFlowNode), flowText(returnFlowNode),
    ].join(' / '));
    ts.forEachChild(node, (child) => visit(child, node));
  };
  visit(tree, undefined as unknown as ts.Node);
  return lines;
}

const pieces = ['let a = 1;', 'if (a) { return; }', 'return;', 'throw new Error();', 'for (const x of y) { a = x; }', '}', '{', 'var id;', 'function inner() { return this; }', '(', 'x => x', 'class A { b = 1; }', '// c', ', more: string', 'async ', 'export ', 'while (true) { if (b) break; }', 'this.z = 1;'];

/**
 * A slip of the binder's: whether it notes the branches of an idle `a?.b` hangs on whether it has met an assignment anywhere earlier in the file.
 * Here it always has, in the head of the first function.
 */
const first = 'function first(a = (globalThis.name = 1)) {}\n';

function edited(text: string, random: (below: number) => number): string {
  const at = first.length + random(text.length - first.length);
  const piece = pieces[random(pieces.length)] ?? '';
  switch (random(4)) {
    case 0:
      return text.slice(0, at) + text.slice(at + random(40));
    case 1: {
      // Where a statement may stand.
      const line = text.indexOf('\n', at) + 1;
      return `${text.slice(0, line)}${piece}\n${text.slice(line)}`;
    }
    case 2: {
      const name = text.indexOf('(', at) + 1;
      return `${text.slice(0, name)}id, ${text.slice(name)}`;
    }
    default:
      return `${text.slice(0, at)}${piece}${text.slice(at)}`;
  }
}

const tricky = `
export function one(a: string, { b, c: [d] }: any, ...rest: string[]) { var a; let e = b; function f() { return e; } return d; }
function merged(a) { var a = 1; return a; }
export default async function () { for (;;) { if (x) break; } }
export class Shop<T> extends Base {
  static #hidden = 1;
  items = () => this.load();
  constructor(private readonly id: string, public name?: T) { super(); if (id) return; this.items; }
  get total(): number { try { return 1; } finally { done(); } }
  set total(value) { this.value = value; }
  async load(): Promise<void> { await one(); label: while (true) { continue label; } }
  static { one(); }
}
export const arrow = async (id: string) => { if (!id) throw new Error(); const kept = id; return () => kept; };
const expression = function named<T>(x: T) { return arguments.length; }, other = (y) => y;
namespace N { export function inner() { return 1; } }
let after = 1;
`;
const repository = resolve(import.meta.dirname, '../../..');
const files = ['src/analyzer/facts/code/fold.ts', 'src/analyzer/workspace/workspace.ts', 'src/lsp/folder.ts', 'src/keyspace/scan.ts'].map((file) => [file, readFileSync(join(repository, file), 'utf8')] as const);

/** The compiler's own: all of the tree is bound again. */
function rebound(tree: ts.SourceFile | undefined, file: string, text: string): ts.SourceFile {
  const [start, end] = changedRange(tree?.text ?? '', text);
  const next = tree
    ? ts.updateSourceFile(tree, text, { span: { start, length: end - start }, newLength: text.length - tree.text.length + (end - start) })
    : new SourceTrees().of(file, text);
  compilerInternals.bindSourceFile(next, compilerOptions);
  return next;
}

const texts: readonly (readonly [file: string, text: string])[] = [['tricky.ts', tricky], ['tricky.js', tricky.replaceAll(/: \w+|<T>|private readonly |public /g, '')], ...files];

it('leaves what a function holds that the edit left', () => {
  const text = 'function one() { const a = 1; return a; }\nfunction two() { const b = 1; return b; }\n';
  const trees = new SourceTrees();
  const names = (tree: ts.SourceFile): (ts.Symbol | undefined)[] => tree.statements.map((statement) => [...((statement as Bound).locals?.values() ?? [])][0]);
  const before = names(trees.of('a.ts', text));
  const after = names(trees.of('a.ts', text.replace('b = 1', 'b = 12')));
  expect(after.map((symbol) => symbol?.name)).toEqual(['a', 'b']);
  expect(after.map((symbol, index) => symbol === before[index])).toEqual([true, false]);
});

describe.each(texts)('%s', (file, text) => {
  const original = first + text;

  it('is bound as a whole, edit upon edit', () => {
    for (let seed = 1; seed <= (file.startsWith('tricky') ? 40 : 6); seed++) {
      const random = randomly(seed);
      const trees = new SourceTrees();
      let current = original;
      trees.of(file, current);
      let plain = rebound(undefined, file, current);
      for (let turn = 0; turn < 8; turn++) {
        current = edited(current, random);
        plain = rebound(plain, file, current);
        expect(described(trees.of(file, current)), `seed ${seed}, edit ${turn}`).toEqual(described(plain));
      }
    }
  }, 120_000);
});
