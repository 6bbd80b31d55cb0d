/** How long keys live by what the code around a command says: `this.ttl`, `SESSION_SECONDS`, a parameter. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { enclosingClass, isAssignment, unwrap, walk } from '../code/ast.ts';
import { wordsOfName, wordsOf } from '../keys/key-reach.ts';
import { givesTtl } from '../keys/key-lifetime.ts';
import type { RedisCall } from '../calls/redis-call.ts';

export interface Lifetime {
  unit: 'EX' | 'PX';
  /** As it is written there, and means the same at the command. */
  text: string;
}

/**
 * @param set a command without a TTL, on a key that is known
 * @returns what others give as a TTL and can be given here too; `unclear` where the code names a lifetime, but not of what or in which unit; undefined where it names none
 */
export function lifetimeInScope(set: RedisCall, workspace: Workspace): Lifetime | 'unclear' | undefined {
  const key = set.args.keys[0];
  const words = new Set(key ? wordsOf(key.pattern) : []);
  const names = [...namesAround(set.node)].filter((name) => isLifetime(name, words));
  if (names.length === 0) return undefined;
  const given = (workspace.factsOf(set.sourceFile.fileName)?.calls ?? []).filter(givesTtl).flatMap(({ node, args: { ttl } }): Lifetime[] => {
    const text = ttl?.node && unwrap(ttl.node).getText();
    const isSame = text !== undefined && names.includes(text) && (!text.startsWith('this.') || enclosingClass(node) === enclosingClass(set.node));
    return isSame && (ttl?.unit === 'EX' || ttl?.unit === 'PX') ? [{ unit: ttl.unit, text }] : [];
  });
  const [first] = given;
  return first && given.every(({ unit, text }) => unit === first.unit && text === first.text) ? first : 'unclear';
}

const lifetimes = new Set(['ttl', 'expire', 'expires', 'expiry', 'expiration', 'lifetime']);
const general = new Set(['default', 'in', 'time', 'key', 'redis', 'second', 'seconds', 'sec', 'secs', 'ms', 'millis', 'milliseconds']);

/** Of keys of any kind, or of those of which the key's words speak. @param name `ttl`, `this.sessionTtl` */
function isLifetime(name: string, ofKey: ReadonlySet<string>): boolean {
  const words = wordsOfName(name.replace(/^this\./, ''));
  return words.some((word) => lifetimes.has(word)) && words.every((word) => lifetimes.has(word) || general.has(word) || ofKey.has(word));
}

/** Variables and parameters that are seen from a node, and `this.name` of the properties of its class. */
function* namesAround(node: ts.Node): Iterable<string> {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isFunctionLike(at)) for (const { name } of at.parameters) yield* namesIn(name);
    if (ts.isBlock(at) || ts.isSourceFile(at)) {
      for (const statement of at.statements) if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) yield* namesIn(name);
    }
    if (ts.isClassLike(at)) yield* propertiesOf(at);
  }
}

function namesIn(name: ts.BindingName): string[] {
  return ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesIn(element.name)));
}

function propertiesOf(owner: ts.ClassLikeDeclaration): Set<string> {
  const found = new Set<string>();
  const add = (name: ts.Node | undefined): void => {
    if (name && ts.isIdentifier(name)) found.add(`this.${name.text}`);
  };
  for (const member of owner.members) {
    if (ts.isPropertyDeclaration(member)) add(member.name);
    else if (ts.isConstructorDeclaration(member)) for (const parameter of member.parameters) if (ts.isParameterPropertyDeclaration(parameter, member)) add(parameter.name);
  }
  walk(owner, (node) => {
    if (isAssignment(node) && ts.isPropertyAccessExpression(node.left) && node.left.expression.kind === ts.SyntaxKind.ThisKeyword) add(node.left.name);
    return undefined;
  });
  return found;
}
