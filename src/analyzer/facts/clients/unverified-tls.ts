/** TLS options by which whoever answers is taken for the server. */
import ts from 'typescript';
import { isNothing } from '../code/assignments.ts';
import { isFunctionWithBody, unwrap } from '../code/ast.ts';
import { isBranchForElsewhere, type OptionValue } from './connection-options.ts';
import { constantText } from '../code/fold.ts';
import { declarationOf } from '../code/maybe-undefined.ts';
import { isLocal } from './written-password.ts';

/** The option that turns verification off, always; undefined where there is none, or the server is this machine. */
export function unverifiedTls(values: readonly OptionValue[], checker: ts.TypeChecker): ts.Node | undefined {
  const off = values.find(({ path, value, isChoice }) => {
    const name = path.at(-1);
    if (isChoice || path.length < 2) return false;
    return name === 'rejectUnauthorized' ? isOff(value, checker) : name === 'checkServerIdentity' && acceptsAll(value);
  });
  if (!off || isBranchForElsewhere(off.value)) return undefined;
  const hosts = values.filter(({ path }) => path.at(-1) === 'host').map(({ value }) => constantText(value, checker));
  return hosts.length > 0 && hosts.every((host) => host !== undefined && isLocal(host)) ? undefined : off.value;
}

/** `false`, or a parameter that is that where nothing is passed: `function connect({ rejectUnauthorized = false })`. */
function isOff(value: ts.Expression, checker: ts.TypeChecker): boolean {
  const declaration = declarationOf(value, checker);
  const given = declaration && (ts.isParameter(declaration) || ts.isBindingElement(declaration)) ? declaration.initializer : value;
  return given !== undefined && unwrap(given).kind === ts.SyntaxKind.FalseKeyword;
}

/** `() => undefined`, `() => {}`: gives no error, whatever it is told. */
function acceptsAll(value: ts.Expression): boolean {
  const fn = ts.isMethodDeclaration(value as ts.Node) ? (value as ts.Node) : unwrap(value);
  if (!isFunctionWithBody(fn)) return false;
  if (!ts.isBlock(fn.body)) return isNothing(fn.body);
  const [only, ...more] = fn.body.statements;
  return more.length === 0 && (!only || (ts.isReturnStatement(only) && (!only.expression || isNothing(only.expression))));
}
