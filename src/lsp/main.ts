/** The entry of dist/lsp.js: over IPC where an editor's client started it so, else over standard input and output. */
void import('./start-server.ts').then(({ startServer }) => startServer(process.argv.includes('--node-ipc') ? 'node-ipc' : 'stdio'));
