/**
 * The parts of a file that facts and findings are kept for: a top-level statement, a member of a top-level class, and, as one, the code
 * that runs when the module is loaded. An edit within one leaves the nodes of the others as they were (`ts.updateSourceFile`), and with
 * them what is known of those.
 */
import ts from 'typescript';
import { walkOwn } from '../code/ast.ts';

/** A statement, a class member, or the file itself: its own course, and what is in none of the others. */
export type Region = ts.Node;

export function regionOf(node: ts.Node): Region {
  let member: ts.Node | undefined;
  let at = node;
  for (; at.parent && !ts.isSourceFile(at.parent); at = at.parent) member = at;
  if (ts.isSourceFile(at)) return at;
  if (!ts.isStatement(at) || isCourse(at)) return at.getSourceFile();
  return member && ts.isClassDeclaration(at) && ts.isClassElement(member) ? member : at;
}

const known = new WeakMap<ts.SourceFile, readonly Region[]>();

/** All of a file, in the order of the text; the file itself first. A class stands before its members, and is what is in none of them. */
export function regionsOf(file: ts.SourceFile): readonly Region[] {
  let regions = known.get(file);
  if (!regions) {
    const found: Region[] = [file];
    for (const statement of file.statements) {
      if (isCourse(statement)) continue;
      found.push(statement);
      if (ts.isClassDeclaration(statement)) found.push(...statement.members);
    }
    known.set(file, (regions = found));
  }
  return regions;
}

/** The nodes that are a region's roots: the file's are the statements of its course. */
export function rootsOf(region: Region): readonly ts.Node[] {
  return ts.isSourceFile(region) ? region.statements.filter(isCourse) : [region];
}

/** Whether a node met within a region is one of its own: a member of the class that the region is. */
export const isRegionWithin = (node: ts.Node, region: Region): boolean => node.parent === region && ts.isClassDeclaration(region) && ts.isSourceFile(region.parent) && ts.isClassElement(node);

const courses = new WeakMap<ts.Statement, boolean>();

/** Whether a statement waits for something while the module is loaded: what it does may belong with the statements around it. */
function isCourse(statement: ts.Statement): boolean {
  let is = courses.get(statement);
  if (is === undefined) {
    is = false;
    if (!ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement) && !ts.isImportDeclaration(statement)) {
      walkOwn(statement, (node) => {
        if (ts.isAwaitExpression(node) || ts.isForOfStatement(node) && node.awaitModifier) is = true;
        return !is;
      });
    }
    courses.set(statement, is);
  }
  return is;
}
