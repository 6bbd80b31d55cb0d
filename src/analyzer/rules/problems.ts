/**
 * What the rules find in a region, kept until something that they asked about has changed. A plan of a fix is not kept: it is made of the
 * workspace in which the problem was found, which would be held for as long.
 */
import type ts from 'typescript';
import type { RegionFacts } from '../facts/file-facts.ts';
import type { RedisCall } from '../facts/redis-call.ts';
import { isSame, type Uses } from '../workspace/join.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { safely } from '../safely.ts';
import type { FixPlan, Problem, Rule } from './rule.ts';

export interface FoundProblem {
  rule: Rule;
  problem: Problem;
  /** Absent where it was found in an earlier workspace, or has no fix. */
  plans?: () => readonly FixPlan[];
}

export interface KnownProblems {
  calls: readonly RedisCall[];
  asked: readonly Rule[];
  uses: Uses;
  problems: readonly FoundProblem[];
}

export function problemsIn(facts: RegionFacts, asked: readonly Rule[], workspace: Workspace): readonly FoundProblem[] {
  const { memory } = workspace;
  const known = memory.problems.get(facts.region);
  if (known && isSame(known.calls, facts.calls) && isSame(known.asked, asked) && workspace.isCurrent(known.uses) && known.problems.every(({ problem }) => nodesOf(problem).every((node) => workspace.isOfNow(node)))) return known.problems;
  const found: FoundProblem[] = [];
  const uses = workspace.recording(() => {
    for (const rule of asked) {
      for (const problem of safely(() => [...rule.check(facts, workspace)])) found.push({ rule, problem, ...(problem.fixes ? { plans: problem.fixes } : {}) });
    }
  });
  memory.problems.set(facts.region, { calls: facts.calls, asked, uses, problems: found.map(({ rule, problem: { fixes: _, ...problem } }) => ({ rule, problem })) });
  return found;
}

/** Where a problem stands and what it names. */
export const nodesOf = ({ node, related = [], mentions = [] }: Problem): ts.Node[] => [node, ...related.map((one) => one.node), ...mentions];
