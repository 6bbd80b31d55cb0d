/**
 * KEYS and SCAN on a client with `keyPrefix`, whose pattern lacks it: the client puts its prefix before keys, never before patterns.
 * Where client or pattern is a parameter, the callers are judged.
 */
import ts from 'typescript';
import { patternText, type KeyPart, type KeyPattern } from '../../../redis/key-pattern.ts';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, some, unwrap } from '../code/ast.ts';
import { clientIdentity } from '../clients/client-identity.ts';
import { isConstructionCall } from '../calls/collect-calls.ts';
import type { Construction } from '../clients/construction.ts';
import type { RegionFacts } from '../calls/file-facts.ts';
import { keyPattern, place, resolveAlias, symbolOfValue } from '../code/fold.ts';
import { matchOf } from './json-keys.ts';
import { clientOf } from '../clients/provided-client.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { regionOf, type Region } from '../calls/regions.ts';
import { isKeyScan } from '../replies/scan-origin.ts';
import { deepest, unitOf, type CallSite } from '../code/units.ts';

export interface PrefixedPattern {
  scan: RedisCall;
  /** Where the finding stands: the command, or the call that gives it its pattern or client. */
  site: CallSite;
  /** Where the pattern is written; undefined where everything is asked for. */
  pattern: ts.Expression | undefined;
  prefix: KeyPattern | undefined;
}

const patternsByRegion = new Join<PrefixedPattern>('prefixed-patterns', function* (calls, workspace) {
  for (const call of calls) for (const found of judged(call, workspace)) yield [keyOf(regionOf(found.site)), found];
});

const keyOf = (region: Region): string => region.getSourceFile().fileName + place(region);

/** Asks who calls the functions of a file that scan for what they are given. */
export function seekPrefixedPatterns(file: string, workspace: Workspace): void {
  for (const call of workspace.factsOf(file)?.calls ?? []) judged(call, workspace);
}

/** Those whose finding stands in a region. */
export function prefixedPatterns({ region }: RegionFacts, workspace: Workspace): PrefixedPattern[] {
  const bySite = new Map<ts.Node, PrefixedPattern>();
  for (const one of workspace.under(patternsByRegion, keyOf(region))) if (!bySite.has(one.site)) bySite.set(one.site, one);
  return [...bySite.values()];
}

/** What a scan asks for and of which client, seen from some calls further out. */
interface View {
  scan: RedisCall;
  site: CallSite;
  client: ts.Expression;
  /** Of the client, where it is no parameter of a caller's. */
  prefix: { hasPrefix: boolean; prefix: KeyPattern | undefined };
  pattern: ts.Expression | undefined;
  /** The calls that lead to the scan, the nearest first. */
  path: readonly CallSite[];
}

function judged(scan: RedisCall, workspace: Workspace): PrefixedPattern[] {
  const { receiver } = scan;
  if (!isKeyScan(scan) || !receiver.node) return [];
  const pattern = matchOf(scan);
  if (!pattern && !asksForAll(scan)) return [];
  return judge({ scan, site: scan.node as CallSite, client: receiver.node, prefix: clientOf(receiver, workspace), pattern, path: [] }, workspace);
}

function judge(view: View, workspace: Workspace): PrefixedPattern[] {
  const { checker } = workspace;
  const clientFrom = parameterOf(view.client, checker);
  if (!clientFrom && !view.prefix.hasPrefix) return [];
  const parts = view.pattern ? keyPattern(view.pattern, checker).parts : [{ literal: '*' }];
  const patternFrom = view.pattern && leadingParameter(view.pattern, parts, checker);
  if (!clientFrom && !patternFrom) {
    const { scan, site, pattern, prefix: { prefix } } = view;
    const isAll = patternText({ parts }) === '\\*';
    if (isAll ? picksOwn(scan) : !lacks(parts, prefix?.parts ?? [])) return [];
    return [{ scan, site, pattern, prefix }];
  }
  const unit = unitOf(view.path.at(-1) ?? view.scan.node);
  if (!unit || view.path.length >= deepest || !isFunctionWithBody(unit)) return [];
  if ((clientFrom && clientFrom.parent !== unit) || (patternFrom && patternFrom.parent !== unit)) return [];
  return workspace.callers(unit).flatMap((site): PrefixedPattern[] => {
    if (!ts.isCallExpression(site) || site.arguments.some(ts.isSpreadElement)) return [];
    const given = (parameter: ts.ParameterDeclaration): ts.Expression | undefined => site.arguments[unit.parameters.indexOf(parameter)] ?? parameter.initializer;
    const client = clientFrom ? given(clientFrom) : view.client;
    // What is put together of a parameter and more is judged by what the callers give, and mended by hand.
    const pattern = patternFrom ? given(patternFrom) : view.pattern;
    if (!client || (patternFrom && !pattern)) return [];
    const isConstruction = (one: ts.Node): one is Construction => isConstructionCall(one, checker);
    const prefix = clientFrom ? clientOf({ ...clientIdentity(client, checker, isConstruction), node: client }, workspace) : view.prefix;
    return judge({ ...view, site, client, prefix, pattern, path: [...view.path, site] }, workspace);
  });
}

/** The parameter that an expression is, never given another value as far as its name tells. */
function parameterOf(expression: ts.Expression, checker: ts.TypeChecker): ts.ParameterDeclaration | undefined {
  const node = unwrap(expression);
  const declaration = ts.isIdentifier(node) ? resolveAlias(symbolOfValue(node, checker), checker)?.valueDeclaration : undefined;
  return declaration && ts.isParameter(declaration) ? declaration : undefined;
}

/** The parameter that a pattern begins with. */
function leadingParameter(pattern: ts.Expression, [first]: readonly KeyPart[], checker: ts.TypeChecker): ts.ParameterDeclaration | undefined {
  if (!first || !('hole' in first)) return undefined;
  const direct = parameterOf(pattern, checker);
  return direct && place(direct) === first.hole ? direct : undefined;
}

/** No MATCH in arguments that are all seen. */
function asksForAll({ command, args }: RedisCall): boolean {
  if (command === 'KEYS') return false;
  const all = [...args.list.slice(command === 'SCAN' ? 1 : 0), ...(args.options ? [args.options] : [])];
  return all.every((one, index) => {
    const node = unwrap(one);
    if (ts.isObjectLiteralExpression(node)) return !node.properties.some((property) => ts.isSpreadAssignment(property) || /^match$/i.test(property.name?.getText() ?? ''));
    // `'COUNT', size`
    return command === 'SCAN' && (isCount(node) || isCount(all[index - 1]));
  });
}

const isCount = (node: ts.Expression | undefined): boolean => node !== undefined && ts.isStringLiteralLike(node) && /^count$/i.test(node.text);

/** All names are asked for, and those with the prefix taken out of them. */
const picksOwn = ({ fn }: RedisCall): boolean => some(fn, (node) => ts.isPropertyAccessExpression(node) && /^(?:startsWith|indexOf|test|match)$/.test(node.name.text));

/** Known not to begin with the prefix; what is not known, or a wildcard may stand for, is taken to be it. */
export function lacks(pattern: readonly KeyPart[], prefix: readonly KeyPart[]): boolean {
  const [first, ...rest] = pattern;
  const [wanted, ...more] = prefix;
  // A prefix that is not known: a pattern that begins with a text of its own has nothing of it.
  if (!wanted) return prefix.length === 0 && first !== undefined && 'literal' in first && isPlain(first.literal);
  if (!first) return true;
  if ('hole' in first) return false;
  if ('hole' in wanted) return isPlain(first.literal);
  let at = 0;
  for (let index = 0; index < wanted.literal.length; index++) {
    const escaped = first.literal[at] === '\\';
    const char = first.literal[escaped ? at + 1 : at];
    if (char === undefined) {
      const left = wanted.literal.slice(index);
      return lacks(rest, [{ literal: left }, ...more]);
    }
    if (!escaped && /[*?[]/.test(char)) return false;
    if (char !== wanted.literal[index]) return true;
    at += escaped ? 2 : 1;
  }
  if (more.length === 0) return false;
  const left = first.literal.slice(at);
  return lacks(left === '' ? rest : [{ literal: left }, ...rest], more);
}

const isPlain = (text: string): boolean => /^[^*?[]/.test(text);
