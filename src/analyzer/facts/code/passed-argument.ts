/** What the callers of a wrapper pass for a parameter: a key that only they know is judged there. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { methodOf } from './ast.ts';
import { parameterOf } from '../values/json-text.ts';
import { deepest, unitOf } from './units.ts';

export interface PassedArgument {
  argument: ts.Expression;
  /** The calls between it and the place where it is used, the outermost last. */
  sites: readonly ts.CallExpression[];
}

/** @param used an expression that may be a parameter of its function; nothing is given for any other */
export function* passedFor(used: ts.Expression, workspace: Workspace, sites: readonly ts.CallExpression[] = []): Iterable<PassedArgument> {
  const parameter = parameterOf(used, workspace.checker);
  const unit = unitOf(used);
  if (!parameter || !unit || ts.isClassLike(unit) || parameter.parent !== unit || sites.length >= deepest) return;
  const index = unit.parameters.indexOf(parameter);
  for (const site of workspace.callers(unit)) {
    if (!ts.isCallExpression(site) || sites.includes(site) || site.arguments.some(ts.isSpreadElement)) continue;
    const argument = site.arguments[index];
    if (!argument) continue;
    const passed = { argument, sites: [...sites, site] };
    yield passed;
    yield* passedFor(argument, workspace, passed.sites);
  }
}

/** Where a finding on a call stands. */
export const calleeName = (site: ts.CallExpression): ts.Node => methodOf(site)?.nameNode ?? site.expression;
