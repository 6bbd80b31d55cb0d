/** What the client can do, read once from its capabilities. A client that says nothing gets the plainest form of everything. */
import type { ClientCapabilities } from 'vscode-languageserver';

export interface ClientFeatures {
  configuration: boolean;
  workspaceFolders: boolean;
  watchFiles: boolean;
  workDoneProgress: boolean;
  relatedInformation: boolean;
  codeDescription: boolean;
  /** Code actions as objects, not bare commands. */
  codeActions: boolean;
  preferredCodeActions: boolean;
  /** Edits of a code action may be asked for when it is chosen. */
  resolvesEdits: boolean;
  /** Edits carry the version of the document they were made for. */
  documentChanges: boolean;
  createsFiles: boolean;
  changeAnnotations: boolean;
}

export function clientFeatures({ workspace, window, textDocument }: ClientCapabilities): ClientFeatures {
  const edit = workspace?.workspaceEdit;
  const codeAction = textDocument?.codeAction;
  return {
    configuration: workspace?.configuration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workDoneProgress: window?.workDoneProgress === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    codeDescription: textDocument?.publishDiagnostics?.codeDescriptionSupport === true,
    codeActions: codeAction?.codeActionLiteralSupport !== undefined,
    preferredCodeActions: codeAction?.isPreferredSupport === true,
    resolvesEdits: codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    documentChanges: edit?.documentChanges === true,
    createsFiles: edit?.documentChanges === true && edit.resourceOperations?.includes('create') === true,
    changeAnnotations: edit?.changeAnnotationSupport !== undefined,
  };
}
