/** Commands that a function sends on a client which it has closed before, by itself or by a helper, with no connecting in between. */
import ts from 'typescript';
import { Join } from '../workspace/join.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { contains, enclosingFunction, isAssignment, isFunctionWithBody, methodOf, unwrap } from './ast.ts';
import { clientDeclaration, clientRoot } from './client-identity.ts';
import { declarationOfClient } from './client-names.ts';
import { propertyOf } from './client-property.ts';
import type { RegionFacts } from './file-facts.ts';
import { isConst } from './fold.ts';
import { nodesIn } from './nodes.ts';
import { onOnePath } from './paths.ts';
import type { RedisCall } from './redis-call.ts';
import type { Region } from './regions.ts';
import { sitesNamed, unitName } from './units.ts';

export interface ClosedUse {
  /** The first command after it. */
  use: RedisCall;
  closing: RedisCall;
  /** The closing call itself, or that of the helper which closes. */
  site: ts.Node;
}

interface Closing {
  call: RedisCall;
  site: ts.CallExpression;
  declaration: ts.Declaration;
}

export function closedUses({ region, calls }: RegionFacts, workspace: Workspace): ClosedUse[] {
  const { checker } = workspace;
  const uses = calls.filter((call) => !call.command.startsWith('@') && (call.command !== 'QUIT' || quitFails(call)) && hasName(call));
  if (uses.length === 0) return [];
  const closings = [...ownClosings(calls, checker), ...helpersClosings(uses, region, workspace)];
  const found: ClosedUse[] = [];
  for (const { call, site, declaration } of closings) {
    const fn = enclosingFunction(site);
    const use = uses.find((one) =>
      one.node.getStart() > site.end && enclosingFunction(one.node) === fn && one.receiver.kind !== 'pool' && declarationOfClient(one, checker) === declaration &&
      (site !== call.node || textOf(one) === textOf(call)) && isCertain(site, one.node, textOf(one)) && onOnePath(site, one.node));
    if (use && !isOpenedBetween(site, use, declaration, region, workspace) && !isExpectedToFail(use.node) && !found.some((one) => one.use === use)) found.push({ use, closing: call, site });
  }
  return found;
}

function closes({ command, dialect, node }: RedisCall): boolean {
  if (command === '@disconnect' && dialect === 'ioredis') return (node.arguments ?? []).every((argument) => argument.kind === ts.SyntaxKind.FalseKeyword);
  return command === 'QUIT' || command === '@disconnect' || command === '@close' || command === '@destroy' || command === '@end';
}

/**
 * QUIT of a client that is closed rejects with `The client is closed` on node-redis 4 to 6. On ioredis it does so only once the connection has
 * ended, and gives OK right after `disconnect()`. Who expects that it fails, or asks first whether the client is open, has thought of it.
 */
function quitFails({ dialect, major, node, receiver }: RedisCall): boolean {
  if (dialect !== 'node-redis' || major < 4 || !ts.isCallExpression(node)) return false;
  const client = receiver.node?.getText() ?? '';
  for (let at: ts.Node = node; at.parent && !isFunctionWithBody(at); at = at.parent) {
    const { parent } = at;
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) return false;
    if (ts.isPropertyAccessExpression(parent) && /^(?:catch|then)$/.test(parent.name.text)) return false;
    if (ts.isCallExpression(parent) && parent.expression !== at && methodOf(parent)?.name === 'allSettled') return false;
    const condition = ts.isIfStatement(parent) && at !== parent.expression ? parent.expression : ts.isConditionalExpression(parent) && at !== parent.condition ? parent.condition : ts.isBinaryExpression(parent) && at === parent.right ? parent.left : undefined;
    if (condition?.getText().includes(client)) return false;
  }
  return true;
}

/** A name that means one client for as long as a function runs: `redis`, `this.redis`. */
function hasName({ receiver }: RedisCall): boolean {
  const node = receiver.node && unwrap(receiver.node);
  return node !== undefined && (ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword));
}

const textOf = ({ receiver }: RedisCall): string => receiver.node?.getText() ?? '';

function ownClosings(calls: readonly RedisCall[], checker: ts.TypeChecker): Closing[] {
  return calls.flatMap((call) => {
    const declaration = closes(call) && hasName(call) && ts.isCallExpression(call.node) ? declarationOfClient(call, checker) : undefined;
    return declaration && ts.isCallExpression(call.node) ? [{ call, site: call.node, declaration }] : [];
  });
}

/** The names of functions that close a client: few, and so is what goes by them. */
const closers = new Join<string>('closers', function* (calls) {
  for (const call of calls) {
    const fn = closes(call) && hasName(call) ? enclosingFunction(call.node) : undefined;
    const name = fn && isFunctionWithBody(fn) ? unitName(fn) : undefined;
    if (name !== undefined) yield ['', name];
  }
});

/** Of the helpers that the functions call in which a command is sent: `await shutdown()`, `await close(client)`. */
function helpersClosings(uses: readonly RedisCall[], region: Region, workspace: Workspace): Closing[] {
  const fns = new Set(uses.map(({ node }) => enclosingFunction(node)));
  return sitesNamed(new Set(workspace.under(closers, '')), [region]).flatMap((site) => {
    if (!ts.isCallExpression(site) || !fns.has(enclosingFunction(site))) return [];
    const unit = workspace.called(site);
    if (!unit || ts.isClassLike(unit)) return [];
    return workspace.callsIn(unit).flatMap((call): Closing[] => {
      if (!closes(call) || !hasName(call) || enclosingFunction(call.node) !== unit || !isCertain(call.node, unit, textOf(call))) return [];
      const declaration = declarationOfClient(call, workspace.checker);
      if (!declaration) return [];
      if (ts.isParameter(declaration) && declaration.parent === unit) {
        const argument = site.arguments[unit.parameters.indexOf(declaration)];
        const given = argument && !ts.isSpreadElement(argument) ? clientDeclaration(clientRoot(argument, workspace.checker, false), workspace.checker) : undefined;
        return given ? [{ call, site, declaration: given }] : [];
      }
      // Another object's field is another client.
      const isOwn = methodOf(site)?.target.kind === ts.SyntaxKind.ThisKeyword;
      return propertyOf(declaration) && !isOwn ? [] : [{ call, site, declaration }];
    });
  });
}

/** Whether control cannot get from the closing to what comes next (or to the end of a function) by a way around it, but for a test whether the client is open. */
function isCertain(closing: ts.Node, next: ts.Node, client: string): boolean {
  for (let at: ts.Node = closing; at.parent; at = at.parent) {
    const { parent } = at;
    if (contains(parent, next)) return !ts.isCaseBlock(parent);
    if (ts.isIfStatement(parent) && at !== parent.expression && !(at === parent.thenStatement && asksWhetherOpen(parent.expression, client))) return false;
    if (ts.isConditionalExpression(parent) && at !== parent.condition) return false;
    if (ts.isBinaryExpression(parent) && at === parent.right && !asksWhetherOpen(parent.left, client)) return false;
    if (ts.isCaseOrDefaultClause(parent) || ts.isCatchClause(parent) || ts.isIterationStatement(parent, false)) return false;
  }
  return false;
}

function asksWhetherOpen(condition: ts.Expression, client: string): boolean {
  const text = unwrap(condition).getText().replace(/\s|\?(?=\.)/g, '');
  return text.startsWith(client) && /^(?:\.isOpen|\.isReady|\.connected|\.status==='ready'|!==?(?:null|undefined))?$/.test(text.slice(client.length));
}

function isOpenedBetween(site: ts.Node, { node, receiver }: RedisCall, declaration: ts.Declaration, region: ts.Node, workspace: Workspace): boolean {
  const name = receiver.node?.getText() ?? '';
  const bare = name.replace(/^this\./, '');
  const mayChange = !(ts.isVariableDeclaration(declaration) && isConst(declaration)) && !ts.isParameter(declaration);
  return nodesIn(region).some((one) => {
    if (one.getStart() <= site.getStart() || one.getStart() >= node.getStart() || contains(site, one)) return false;
    if (isAssignment(one)) return one.left.getText() === name;
    if (!ts.isCallExpression(one)) return false;
    const callee = one.expression.getText();
    if (callee === `${name}.connect` || callee === `${name}!.connect` || callee === 'process.exit') return true;
    if (one.arguments.some((argument) => argument.getText() === name)) return true;
    const unit = isFunctionCall(one) ? workspace.called(one) : undefined;
    if (!unit) return false;
    return mayChange ? new RegExp(`\\b${bare.replace(/\W/g, '\\$&')}\\b`).test(unit.getText()) : workspace.callsIn(unit).some(({ command }) => command === '@connect');
  });
}

/** One of the project's, not a method of a client. */
const isFunctionCall = (call: ts.CallExpression): boolean => ts.isIdentifier(call.expression) || ts.isPropertyAccessExpression(call.expression);

/** `await expect(redis.get(k)).rejects.toThrow()` */
function isExpectedToFail(node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isStatement(at) && !isFunctionWithBody(at); at = at.parent) {
    if (ts.isCallExpression(at) && /^(?:expect|assert)\b|\b(?:rejects|throws)\b/.test(at.expression.getText())) return true;
  }
  return false;
}
