/** Holds a declaration file against the real package, member by member. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Spec } from './common.ts';
import { declarationFolder, install } from './install.ts';
import { Probe } from './probe.ts';

/** Differences between the file at hand and the packages, one line each. */
export function differences(spec: Spec): string[] {
  const folder = install(spec);
  const path = join(declarationFolder, `${spec.name}.d.ts`);
  if (!existsSync(path)) return [`${spec.name}.d.ts is missing`];
  const text = readFileSync(path, 'utf8');
  const real = new Probe(folder, spec.module, spec.comparisons.flatMap(({ real, extraOf }) => [real, extraOf ?? []].flat()));
  const ours = new Probe(folder, spec.module, spec.comparisons.map((comparison) => comparison.ours), text);
  const found: string[] = [];
  for (const { real: realType, ours: ourType, extra, extraOf } of spec.comparisons) {
    const theirs = real.members(realType);
    const mine = ours.members(ourType);
    const allowed = new Set([...(extra ?? []), ...(extraOf ? real.members(extraOf).keys() : [])]);
    for (const name of theirs.keys()) if (!mine.has(name)) found.push(`${spec.name}: ${ourType} lacks ${name}`);
    for (const name of mine.keys()) if (!theirs.has(name) && !allowed.has(name)) found.push(`${spec.name}: ${ourType} has ${name}, the package has not`);
  }
  const exported = new Map(ours.exports().map((symbol) => [symbol.getName(), symbol]));
  for (const symbol of real.exports()) if (symbol.getName() !== 'prototype' && !exported.has(symbol.getName())) found.push(`${spec.name}: no export ${symbol.getName()}`);
  return found;
}
