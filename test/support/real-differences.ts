/** The analyzer's calls held against those of an ordinary program over the real declarations, both ways. */
import { readFileSync } from 'node:fs';
import type { CallRecord } from '../../src/analyzer/analyzer.ts';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import { realCalls, type RealCall } from './real-calls.ts';
import { realProgram } from './real-program.ts';

export interface Differences {
  /** One line each: what is different, `file:line`, the code. */
  lines: string[];
  /** How many calls the real types show. */
  calls: number;
}

export async function differences(folder: string): Promise<Differences> {
  const root = folder.replaceAll('\\', '/');
  const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
  const ours = new Map((await analyzer.calls()).calls.map((call) => [placeOf(call), call]));
  const { program, sources } = realProgram(root);
  const { calls, untyped } = realCalls(sources, program.getTypeChecker());
  const real = new Map(calls.map((call) => [placeOf(call), call]));
  const lines: string[] = [];
  for (const [place, call] of real) {
    const mine = ours.get(place);
    const said = mine && asSaid(mine, call);
    if (!said) lines.push(`missed ${asReal(call)} ${codeAt(root, call)}`);
    else if (said !== asReal(call)) lines.push(`${said} is ${asReal(call)} ${codeAt(root, call)}`);
  }
  for (const [place, call] of ours) {
    if (real.has(place)) continue;
    if (call.confidence === 'type') lines.push(`invented ${asSaid(call)} ${codeAt(root, call)}`);
    // Beyond types, by assignments: right as long as the types say nothing at all.
    else if (!untyped.has(place)) lines.push(`contradicted ${asSaid(call)} ${codeAt(root, call)}`);
  }
  return { lines: lines.sort(), calls: real.size };
}

const placeOf = ({ file, start }: { file: string; start: number }): string => `${file}:${start}`;

const asReal = ({ command, dialect, major, receiver }: RealCall): string => `${command} ${dialect} ${major} ${receiver ?? '?'}`;

/** In the words of `asReal`: a receiver is told as precisely as the real types tell it. */
function asSaid({ command, dialect, major, receiver, confidence }: CallRecord, real?: RealCall): string {
  const isQueue = receiver === 'pipeline' || receiver === 'multi';
  const kind = real && real.receiver === undefined ? '?' : isQueue && (dialect === 'ioredis' || major === 3) ? 'queue' : receiver;
  return `${command} ${dialect} ${major} ${kind}${real && confidence !== 'type' ? ` by ${confidence}` : ''}`;
}

function codeAt(root: string, { file, start }: { file: string; start: number }): string {
  const text = readFileSync(file, 'utf8');
  const line = text.slice(0, start).split('\n').length;
  return `${file.slice(root.length + 1)}:${line} ${text.slice(text.lastIndexOf('\n', start) + 1).split('\n', 1)[0]?.trim().slice(0, 90)}`;
}
