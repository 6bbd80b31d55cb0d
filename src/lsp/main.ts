/** The entry of dist/lsp.js: over IPC where an editor's client started it so, else over standard input and output. */
import { startServer } from './start-server.ts';

startServer(process.argv.includes('--node-ipc') ? 'node-ipc' : 'stdio');
