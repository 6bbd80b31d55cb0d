/**
 * What the rules find in a region, kept until something that they asked about has changed. A plan of a fix is not kept: it is made of the
 * workspace in which the problem was found, which would be held for as long.
 */
import type ts from 'typescript';
import type { Config, RuleOptions } from '../../config/config.ts';
import type { RegionFacts } from '../facts/calls/file-facts.ts';
import { isNamed, type RedisCall } from '../facts/calls/redis-call.ts';
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

/** A rule that is on for a file, with the options that it has there. */
export interface AskedRule {
  rule: Rule;
  options: RuleOptions;
}

export interface KnownProblems {
  calls: readonly RedisCall[];
  asked: readonly AskedRule[];
  uses: Uses;
  problems: readonly FoundProblem[];
}

export function problemsIn(facts: RegionFacts, asked: readonly AskedRule[], workspace: Workspace): readonly FoundProblem[] {
  const { memory } = workspace;
  const known = memory.problems.get(facts.region);
  if (known && isSame(known.calls, facts.calls) && isSame(known.asked, asked) && workspace.isCurrent(known.uses) && known.problems.every(({ problem }) => nodesOf(problem).every((node) => workspace.isOfNow(node)))) return known.problems;
  const found: FoundProblem[] = [];
  const named = facts.calls.some(isNamed) ? { ...facts, calls: facts.calls.filter((call) => !isNamed(call)) } : undefined;
  const uses = workspace.recording(() => {
    for (const { rule, options } of asked) {
      const isOfNames = rule.meta.confidence === 'name';
      for (const problem of safely(() => [...rule.check(isOfNames ? facts : (named ?? facts), workspace, options)])) {
        const calls = callsNamed(problem, workspace);
        if (calls.length > 0 && !isOfNames) continue;
        const plans = calls.every(({ receiver }) => receiver.isLibraryKnown) ? problem.fixes : undefined;
        found.push({ rule, problem, ...(plans ? { plans: calls.length > 0 ? () => suggested(plans()) : plans } : {}) });
      }
    }
  });
  memory.problems.set(facts.region, { calls: facts.calls, asked, uses, problems: found.map(({ rule, problem: { fixes: _, ...problem } }) => ({ rule, problem })) });
  return found;
}

/** The commands, of clients that only their names say to be such, that a problem is about: it may have come to them by way of the workspace. */
function callsNamed(problem: Problem, workspace: Workspace): RedisCall[] {
  const nodes = new Set([problem.node, ...(problem.related ?? []).map(({ node }) => node)]);
  return [...nodes].flatMap((node) => workspace.namedCallAt(node) ?? []);
}

/** Nobody can say what such a client replies. */
function suggested(plans: readonly FixPlan[]): FixPlan[] {
  return plans.map((plan) => (plan.kind === 'safe' ? { ...plan, kind: 'suggest' } : plan));
}

/** By what the configuration gives it: the same object for the same options. */
const asked = new WeakMap<Rule, WeakMap<RuleOptions, AskedRule>>();
const noOptions: RuleOptions = {};

/** The rules that a configuration leaves on. */
export function askedRules(rules: readonly Rule[], config: Config): AskedRule[] {
  return rules.flatMap((rule) => {
    const set = config.rules[rule.meta.id];
    return set?.severity === 'off' ? [] : [askedWith(rule, set?.options ?? noOptions)];
  });
}

function askedWith(rule: Rule, given: RuleOptions): AskedRule {
  let byOptions = asked.get(rule);
  if (!byOptions) asked.set(rule, (byOptions = new WeakMap()));
  let one = byOptions.get(given);
  if (!one) byOptions.set(given, (one = { rule, options: { ...defaultsOf(rule), ...given } }));
  return one;
}

const defaultsOf = ({ meta: { options = {} } }: Rule): RuleOptions => Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]));

/** Where a problem stands and what it names. */
export const nodesOf = ({ node, related = [], mentions = [] }: Problem): ts.Node[] => [node, ...related.map((one) => one.node), ...mentions];
