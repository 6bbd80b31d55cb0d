/** The client side of the language server (dist/lsp.js): a bundle of its own, loaded where code talks to Redis. */
import type { LogOutputChannel } from 'vscode';
import { LanguageClient, RevealOutputChannelOn, TransportKind } from 'vscode-languageclient/node';
import type { LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';

export interface StartOptions {
  /** Absolute path of dist/lsp.js. */
  serverModule: string;
  output: LogOutputChannel;
}

/** One process for all folders of the window. @throws Error when the server does not start. */
export async function startLanguageClient(options: StartOptions): Promise<LanguageClient> {
  const run = { module: options.serverModule, transport: TransportKind.ipc };
  const serverOptions: ServerOptions = { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6010'] } } };
  const client = new LanguageClient('keyscope', 'Keyscope', serverOptions, clientOptions(options.output));
  await client.start();
  return client;
}

function clientOptions(output: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'].map((language) => ({ scheme: 'file', language })),
    diagnosticCollectionName: 'keyscope',
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    markdown: { isTrusted: false, supportHtml: false },
  };
}

