/** A case proven on one version of a client library: fix applied, types checked, both sides executed. Every failure is one message. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { applyFix } from './apply-fix.ts';
import type { FixCase } from './cases.ts';
import { moduleType, pathInCase } from './cases.ts';
import { clientFolder, installClients } from './clients.ts';
import type { ClientName } from './clients.ts';
import { differences } from './compare.ts';
import { execute } from './execute.ts';
import type { Outcomes, Run } from './execution.ts';
import type { TestServers } from './servers.ts';
import { typeCheck } from './type-check.ts';

/** On each server: enough that walking every key takes ten times as long as a step of SCAN. */
const noiseKeys = 20_000;
const sides = ['before', 'after'] as const;

/** Compares what the fix makes with the case's `after`; with `update`, writes it where they differ. */
export async function proveText(fixCase: FixCase, client: ClientName, options: { update?: boolean } = {}): Promise<string[]> {
  const { fixes, offered, refused, texts } = await applyFix(fixCase, client);
  if (fixes.length === 0) return [`no finding of ${fixCase.rule} offers the fix "${fixCase.fix}" (offered: ${offered.join(', ') || 'none'})`];
  const found = [...refused];
  for (const fix of fixes) {
    if (fix.kind !== fixCase.kind) found.push(`the fix is of kind "${fix.kind}", not "${fixCase.kind}"`);
    if (!isDeepStrictEqual(fix.keeps, fixCase.keeps)) found.push(`the fix declares to keep ${JSON.stringify(fix.keeps)}, not ${JSON.stringify(fixCase.keeps)}`);
  }
  for (const [path, text] of texts) {
    const expected = fixCase.after?.get(path);
    if (text === expected || path === 'package.json') continue;
    if (options.update) {
      mkdirSync(dirname(pathInCase(fixCase, 'after', path)), { recursive: true });
      writeFileSync(pathInCase(fixCase, 'after', path), text);
    }
    if (!options.update) found.push(`after the fix ${path} is not as in the case:\n${lineDifference(expected ?? '', text)}`);
  }
  for (const path of fixCase.after?.keys() ?? []) if (!texts.has(path)) found.push(`${path} of after/ was not made by the fix`);
  return found;
}

/** Type-checks and executes both sides of the cases; failures by the case's name. */
export async function proveByExecution(cases: readonly FixCase[], client: ClientName, servers: TestServers): Promise<Map<string, string[]>> {
  await installClients([client]);
  const work = join(clientFolder(client), `run-${process.pid}`);
  try {
    const files = new Map(cases.map((fixCase) => [fixCase.name, writeSides(fixCase, join(work, fixCase.name))]));
    const types = typeCheck([...files.values()].flatMap(({ before, after }) => [before, after]));
    const outcomes = await executeSides(cases.filter((one) => one.notExecuted === undefined), files, servers);
    const failures = new Map<string, string[]>();
    for (const fixCase of cases) {
      const folder = join(work, fixCase.name, '/');
      const typeErrors = [...types].filter(([file]) => file.startsWith(folder)).flatMap(([file, messages]) => messages.map((message) => `${file.slice(folder.length)} ${message}`));
      failures.set(fixCase.name, [...typeErrors, ...(fixCase.notExecuted === undefined ? compareSides(fixCase, outcomes) : [])]);
    }
    return failures;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function writeSides(fixCase: FixCase, folder: string): Record<'before' | 'after', string> {
  for (const side of sides) {
    for (const [path, text] of [['package.json', JSON.stringify({ type: moduleType(fixCase) })] as const, ...(fixCase[side] ?? [])]) {
      const file = join(folder, side, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  return { before: join(folder, 'before', fixCase.entry), after: join(folder, 'after', fixCase.entry) };
}

async function executeSides(cases: readonly FixCase[], files: ReadonlyMap<string, Record<'before' | 'after', string>>, servers: TestServers): Promise<Outcomes> {
  const runs = cases.flatMap((fixCase): Run[] =>
    sides.map((side) => ({
      id: `${fixCase.name} ${side}`,
      file: files.get(fixCase.name)?.[side] ?? '',
      type: moduleType(fixCase),
      cluster: fixCase.cluster ?? false,
      seed: fixCase.seed ?? [],
      noise: fixCase.keeps.roundTrips === 'longest-call-shorter' ? noiseKeys : 0,
      calls: fixCase.calls,
    })),
  );
  const nodes = runs.some(({ cluster }) => cluster) ? await servers.masters() : [];
  return execute({ server: await servers.single(), nodes, runs });
}

function compareSides(fixCase: FixCase, outcomes: Outcomes): string[] {
  const [before, after] = sides.map((side) => outcomes[`${fixCase.name} ${side}`] ?? { failed: 'was not executed' });
  const failed = [before, after].flatMap((outcome, index) => (outcome && 'failed' in outcome ? [`${sides[index]}: ${outcome.failed}`] : []));
  if (failed.length > 0 || !before || !after || 'failed' in before || 'failed' in after) return failed;
  return differences(fixCase, before, after);
}

function lineDifference(expected: string, got: string): string {
  const [one, other] = [expected.split('\n'), got.split('\n')];
  const at = other.findIndex((line, index) => line !== one[index]);
  const from = at < 0 ? other.length : at;
  const some = (lines: string[]): string => lines.slice(from, from + 6).map((line) => JSON.stringify(line)).join('\n    ');
  return `  from line ${from + 1}, expected\n    ${some(one)}\n  got\n    ${some(other)}`;
}
