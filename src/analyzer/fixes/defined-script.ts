/** `redis.eval(SCRIPT, 1, key, value)` → a command that is defined once, on a client that the same file makes. */
import ts from 'typescript';
import { mayBeCommand } from '../dialects/read-command.ts';
import { defineCommandLines, defineScriptLines, type ScriptParts } from '../dialects/write/defined-script.ts';
import { methodOf, unwrap } from '../facts/code/ast.ts';
import { constantText, isConst, resolveAlias } from '../facts/code/fold.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { unitName, unitOf } from '../facts/code/units.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { hasComments } from './text/comments.ts';
import { insertAfter, insertAt, isInList, replaceNode } from './text/edits.ts';
import { addImport } from './text/imports.ts';
import { indentationOf } from './text/indentation.ts';
import { render, sourceText } from './text/lines.ts';
import { identifiersOf } from './text/names.ts';
import { styleOf } from './text/style.ts';

interface Place {
  call: RedisCall & { node: ts.CallExpression };
  script: ts.Expression;
  /** The declaration of a constant of this file that holds it; undefined where it is imported, or written in the call. */
  scriptDeclaration: ts.VariableDeclaration | undefined;
  client: ts.VariableDeclaration;
  clientStatement: ts.VariableStatement;
}

export function planDefinedScript(call: RedisCall, workspace: Workspace): FixPlan[] {
  const place = placeOf(call, workspace.checker);
  const edits = place && (call.dialect === 'ioredis' ? ioredisEdits(place, workspace) : nodeRedisEdits(place, workspace.checker));
  if (!edits) return [];
  return [{ id: 'define-script', title: 'Define the script once, and send its hash', kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, edits }];
}

function placeOf(call: RedisCall, checker: ts.TypeChecker): Place | undefined {
  const { receiver, spelling, node, sourceFile, args } = call;
  const [script] = args.list;
  if (!script || call.callback || spelling !== 'method' || call.command !== 'EVAL' || !ts.isCallExpression(node) || ts.isOptionalChain(node) || !ts.isIdentifier(call.nameNode) || !/^eval$/.test(call.nameNode.text)) return undefined;
  if ((receiver.kind !== 'client' && receiver.kind !== 'cluster') || receiver.maybeCluster || call.library === 'iovalkey' || hasComments(sourceFile, { start: node.arguments.pos, end: node.end })) return undefined;
  const target = methodOf(node)?.target;
  const client = target && ts.isIdentifier(target) ? checker.getSymbolAtLocation(target)?.valueDeclaration : undefined;
  if (!client || !ts.isVariableDeclaration(client) || !isConst(client) || !ts.isIdentifier(client.name) || client.type) return undefined;
  const clientStatement = client.parent.parent;
  if (client.getSourceFile() !== sourceFile || !ts.isVariableStatement(clientStatement) || !ts.isSourceFile(clientStatement.parent) || clientStatement.declarationList.declarations.length !== 1) return undefined;
  const scriptDeclaration = scriptOf(script, sourceFile, checker);
  return scriptDeclaration === 'elsewhere' ? undefined : { call: call as Place['call'], script, scriptDeclaration, client, clientStatement };
}

/** The statement that a script comes from has to be one of the module, and there before it is used. */
function scriptOf(script: ts.Expression, sourceFile: ts.SourceFile, checker: ts.TypeChecker): ts.VariableDeclaration | undefined | 'elsewhere' {
  if (ts.isStringLiteralLike(script)) return undefined;
  if (!ts.isIdentifier(script) || constantText(script, checker) === undefined) return 'elsewhere';
  const symbol = checker.getSymbolAtLocation(script);
  const declaration = resolveAlias(symbol, checker)?.valueDeclaration;
  if (declaration?.getSourceFile() !== sourceFile) return symbol && symbol.flags & ts.SymbolFlags.Alias ? undefined : 'elsewhere';
  const isOfModule = declaration && ts.isVariableDeclaration(declaration) && ts.isVariableDeclarationList(declaration.parent) && ts.isSourceFile(declaration.parent.parent.parent) && declaration.parent.declarations.length === 1;
  return isOfModule ? declaration : 'elsewhere';
}

/** The script's own name in camel case, or that of the function that sends it; none that is a command's or a variable's. */
function nameOf({ call, script }: Place): string | undefined {
  const unit = unitOf(call.node);
  const words = (ts.isIdentifier(script) ? script.text : (unit && unitName(unit)) ?? '').replace(/([a-z\d])([A-Z])/g, '$1 $2').split(/[^A-Za-z\d]+/).filter((word) => word !== '' && !/^(?:lua|script|default)$/i.test(word));
  const name = words.map((word, index) => (index === 0 ? word.toLowerCase() : word[0]?.toUpperCase() + word.slice(1).toLowerCase())).join('');
  if (!/^[a-z][A-Za-z\d]*$/.test(name)) return undefined;
  const isTaken = (one: string): boolean => mayBeCommand(one) || one in Object.prototype || identifiersOf(call.sourceFile).has(one) || new RegExp(`\\.${one}\\b`).test(call.sourceFile.text);
  return [name, `${name}Script`].find((one) => !isTaken(one));
}

function ioredisEdits(place: Place, workspace: Workspace): TextEdit[] | undefined {
  const { call, script, scriptDeclaration, client, clientStatement } = place;
  const { sourceFile, node } = call;
  const [, count, ...rest] = call.args.list;
  const keys = count && ts.isNumericLiteral(count) ? Number(count.text) : undefined;
  if (!count || keys === undefined || keys > rest.length || rest.some(ts.isSpreadElement) || !isMade(client)) return undefined;
  const style = styleOf(sourceFile);
  if (style.typescript && call.major < 5) return undefined;
  const callEdits = (name: string): TextEdit[] => [replaceNode(call.nameNode, name), { sourceFile, start: script.getStart(sourceFile), end: rest[0]?.getStart(sourceFile) ?? count.end, text: '' }];
  const known = definedAs(place, keys, workspace);
  if (known !== undefined) return callEdits(known);
  const name = nameOf(place);
  const scriptStatement = scriptDeclaration?.parent.parent;
  if (name === undefined) return undefined;
  const behind = scriptStatement && scriptStatement.pos > clientStatement.pos ? scriptStatement : clientStatement;
  if (!ts.isStatement(behind) || !isInList(behind) || runsBefore(node, behind)) return undefined;
  return [insertAfter(behind, defineCommandLines(client.name.getText(), { name, script: sourceText(script), keys, values: 0 }, style, style.typescript)), ...callEdits(name)];
}

/** The name by which the file has defined the same script already. */
function definedAs({ call, script }: Place, keys: number, workspace: Workspace): string | undefined {
  if (!ts.isIdentifier(script)) return undefined;
  for (const one of workspace.factsOf(call.sourceFile.fileName)?.calls ?? []) {
    const [name, options] = one.node.arguments ?? [];
    if (one.command !== '@defineCommand' || one.receiver.identity !== call.receiver.identity || !name || !options || !ts.isStringLiteral(name) || !ts.isObjectLiteralExpression(options)) continue;
    const text = (property: string): string | undefined => options.properties.find((each): each is ts.PropertyAssignment => ts.isPropertyAssignment(each) && each.name.getText() === property)?.initializer.getText();
    const isTyped = !styleOf(call.sourceFile).typescript || new RegExp(`\\b${name.text}\\(`).test(call.sourceFile.text);
    if (text('lua') === script.text && text('numberOfKeys') === String(keys) && isTyped) return name.text;
  }
  return undefined;
}

/** Runs while the module is loaded, and before a statement. */
const runsBefore = (node: ts.Node, statement: ts.Statement): boolean => unitOf(node) === undefined && node.pos < statement.end;

/** `new Redis(…)` of the library, not a class of one's own. */
const isMade = ({ initializer }: ts.VariableDeclaration): boolean => initializer !== undefined && ts.isNewExpression(unwrap(initializer));

function nodeRedisEdits(place: Place, checker: ts.TypeChecker): TextEdit[] | undefined {
  const { call, script, scriptDeclaration, client, clientStatement } = place;
  const { sourceFile, node, major } = call;
  const style = styleOf(sourceFile);
  // Version 5 wants the reply's type told.
  if (major < 4 || (major >= 5 && style.typescript) || (scriptDeclaration && scriptDeclaration.pos > clientStatement.pos)) return undefined;
  const given = givenIn(node.arguments[1]);
  const made = client.initializer && unwrap(client.initializer);
  if (!given || node.arguments.length > 2 || !made || !ts.isCallExpression(made) || made.arguments.length > 1 || !ts.isIdentifier(made.expression) || resolveAlias(checker.getSymbolAtLocation(made.expression), checker)?.name !== 'createClient') return undefined;
  const [options] = made.arguments;
  if (options && (!ts.isObjectLiteralExpression(options) || options.properties.length === 0 || options.properties.some((one) => ts.isSpreadAssignment(one) || one.name?.getText() === 'scripts'))) return undefined;
  const name = nameOf(place);
  if (name === undefined || made.typeArguments) return undefined;
  const { name: define, edits } = addImport(sourceFile, { from: call.library, name: 'defineScript' });
  const parts: ScriptParts = { name, script: sourceText(script), keys: given.keys.length, values: given.values.length };
  const text = (one: ts.Node): string => one.getText(sourceFile);
  const own = options ? options.properties.map((one) => sourceText(one)) : [];
  const comma = style.trailingCommas ? ',' : '';
  const literal = render(['{', [...own.map((one) => `${one},`), 'scripts: {', defineScriptLines(parts, call, define, style), `}${comma}`], '}'], indentationOf(clientStatement), style);
  if (options && hasComments(sourceFile, { start: options.getStart(sourceFile), end: options.end })) return undefined;
  return [
    ...edits,
    options ? replaceNode(options, literal) : insertAt(sourceFile, made.end - 1, literal),
    replaceNode(call.nameNode, name),
    { sourceFile, start: node.arguments.pos, end: node.end - 1, text: [...given.keys, ...given.values].map(text).join(', ') },
  ];
}

/** `{ keys: [key], arguments: [value] }`, or nothing. */
export function givenIn(options: ts.Expression | undefined): { keys: readonly ts.Expression[]; values: readonly ts.Expression[] } | undefined {
  if (!options) return { keys: [], values: [] };
  if (!ts.isObjectLiteralExpression(options)) return undefined;
  const found = { keys: [] as readonly ts.Expression[], values: [] as readonly ts.Expression[] };
  for (const property of options.properties) {
    const name = property.name?.getText();
    if (!ts.isPropertyAssignment(property) || (name !== 'keys' && name !== 'arguments') || !ts.isArrayLiteralExpression(property.initializer) || property.initializer.elements.some((one) => ts.isSpreadElement(one) || ts.isOmittedExpression(one))) return undefined;
    found[name === 'keys' ? 'keys' : 'values'] = property.initializer.elements;
  }
  return found;
}
