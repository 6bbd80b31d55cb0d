/** Edits of the analyzer → a WorkspaceEdit in the richest form that the client takes. */
import { CreateFile, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, type AnnotatedTextEdit, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileEdit } from '../analyzer/finding.ts';
import { editsByFile } from '../analyzer/fixes/edits.ts';
import type { ClientFeatures } from './client-features.ts';
import { uriOf } from './uri.ts';

export interface EditContext {
  features: ClientFeatures;
  /** The open document of a file: its URI as the client writes it, its version, its text. */
  openDocument(file: string): TextDocument | undefined;
  /** The text of a file that is not open. */
  text(file: string): string | undefined;
}

const annotation = 'keyscope';

/**
 * @param file the file that the person looks at; edits of others, and files made, ask for confirmation where the client can
 * @returns undefined where the client cannot do it (a file to be made)
 */
export function workspaceEdit(title: string, file: string, edits: readonly FileEdit[], context: EditContext): WorkspaceEdit | undefined {
  const { features } = context;
  const byFile = editsByFile(edits);
  if (!features.createsFiles && edits.some((edit) => edit.create)) return undefined;
  if (!features.documentChanges) {
    return { changes: Object.fromEntries([...byFile].map(([each, list]) => [target(each, context).uri, textEdits(list, target(each, context))])) };
  }
  const asks = features.changeAnnotations && (byFile.size > 1 || edits.some((edit) => edit.create || edit.file !== file));
  const documentChanges = [...byFile].flatMap(([each, list]): (CreateFile | TextDocumentEdit)[] => {
    const document = target(each, context);
    const identifier = OptionalVersionedTextDocumentIdentifier.create(document.uri, context.openDocument(each)?.version ?? null);
    const plain = textEdits(list, document);
    const annotated: (TextEdit | AnnotatedTextEdit)[] = asks ? plain.map((edit) => ({ ...edit, annotationId: annotation })) : plain;
    const change = TextDocumentEdit.create(identifier, annotated);
    return list.some((edit) => edit.create) ? [CreateFile.create(document.uri, { overwrite: false, ignoreIfExists: false }, asks ? annotation : undefined), change] : [change];
  });
  if (!asks) return { documentChanges };
  const description = `${byFile.size} ${byFile.size === 1 ? 'file' : 'files'}: look at the changes before they are made`;
  return { documentChanges, changeAnnotations: { [annotation]: { label: title, needsConfirmation: true, description } } };
}

function textEdits(edits: readonly FileEdit[], document: TextDocument): TextEdit[] {
  return edits.map((edit) => ({ range: { start: document.positionAt(edit.start), end: document.positionAt(edit.end) }, newText: edit.text }));
}

function target(file: string, { openDocument, text }: EditContext): TextDocument {
  return openDocument(file) ?? TextDocument.create(uriOf(file), '', 0, text(file) ?? '');
}
