/**
 * Which regions of a file an edit may have given other calls. The nodes of most are what they were; but what a call is may hang on another
 * region: on the type of a helper, on the text that it returns, on what is assigned to a variable. So regions are kept only where the edit
 * is in the body of one function that says what it returns, and nobody can read more out of it. Everything else begins anew.
 */
import ts from 'typescript';
import { isFunctionWithBody, unwrap, type FunctionWithBody } from '../code/ast.ts';
import type { FileFacts } from './file-facts.ts';
import { returnedExpression, takePlace } from '../code/fold.ts';
import { parseErrors } from '../../syntax-errors.ts';
import { leftBehind } from './left-behind.ts';
import { regionsOf, rootsOf, type Region } from './regions.ts';

/**
 * @param before of the file's earlier text, whose regions are stale where they were edited
 * @param text the earlier text
 * @returns the regions of the new tree whose calls have to be collected; undefined for all
 */
export function editedRegions(before: FileFacts, after: ts.SourceFile, text: string): ReadonlySet<Region> | undefined {
  if (!/\.[cm]?tsx?$/.test(after.fileName)) return undefined;
  const old = regionsOf(before.sourceFile);
  const known = new Set(old);
  const gone = old.filter((region) => region.getSourceFile() !== after);
  const fresh = regionsOf(after).filter((region) => !known.has(region));
  const [was, ...more] = gone.filter((region) => !isFrame(region));
  const [is, ...others] = fresh.filter((region) => !isFrame(region));
  if (!was || !is || more.length > 0 || others.length > 0 || !sameFrames(gone, fresh, text)) return undefined;
  const [one, other] = [functionIn(was), functionIn(is)];
  if (!one || !other || !isInsulated(one, other, was, is, text) || !parseErrors(after).every(({ start }) => is.pos <= start && start <= is.end)) return undefined;
  takeOver(one, other);
  const [were, are] = [gone.filter(isFrame), fresh.filter(isFrame)];
  were.forEach((frame, index) => takePlace(are[index] ?? frame, frame));
  return new Set(fresh);
}

/** What is called by the head of a function keeps its name, though its node is new. */
function takeOver(was: FunctionWithBody, is: FunctionWithBody): void {
  takePlace(is, was);
  is.parameters.forEach((parameter, index) => takePlace(parameter, was.parameters[index] ?? parameter));
}

/** The file's own course, and what of a class is in none of its members: new with every edit within. */
const isFrame = (region: Region): boolean => ts.isSourceFile(region) || ts.isClassDeclaration(region);

function sameFrames(gone: readonly Region[], fresh: readonly Region[], text: string): boolean {
  const [were, are] = [gone.filter(isFrame), fresh.filter(isFrame)];
  return were.length === are.length && were.every((one, index) => isSameFrame(one, are[index], text));
}

/** Of a class the text before its members, of a file the statements of its course. */
function isSameFrame(was: Region, is: Region | undefined, text: string): boolean {
  if (!is || was.kind !== is.kind) return false;
  if (ts.isClassDeclaration(was) && ts.isClassDeclaration(is)) return text.slice(was.pos, was.members.pos) === is.getSourceFile().text.slice(is.pos, is.members.pos);
  const [before, after] = [rootsOf(was), rootsOf(is)];
  return before.length === after.length && before.every((root, index) => root === after[index]);
}

/** The one function that a region is. */
function functionIn(region: Region): (FunctionWithBody & { body: ts.Block }) | undefined {
  const [declaration, ...more] = ts.isVariableStatement(region) ? region.declarationList.declarations : [];
  const inner = declaration && more.length === 0 && !declaration.type && declaration.initializer ? unwrap(declaration.initializer) : region;
  return isFunctionWithBody(inner) && ts.isBlock(inner.body) ? (inner as FunctionWithBody & { body: ts.Block }) : undefined;
}

function isInsulated(was: FunctionWithBody, is: FunctionWithBody, wasRegion: Region, isRegion: Region, text: string): boolean {
  // What stands before an edit has kept its place, though the nodes are of the old tree.
  const head = (fn: FunctionWithBody, region: Region, from: string): string => from.slice(region.pos, fn.body.pos);
  if (was.kind !== is.kind || head(was, wasRegion, text) !== head(is, isRegion, is.getSourceFile().text)) return false;
  if (!is.type && !ts.isConstructorDeclaration(is) && !ts.isSetAccessorDeclaration(is)) return false;
  return [was, is].every((fn) => returnedExpression(fn) === undefined) && leftBehind(wasRegion) === leftBehind(isRegion);
}
