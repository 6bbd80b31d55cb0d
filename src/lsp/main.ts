/** The entry of dist/lsp.js: over IPC where an editor's client started it so, else over standard input and output. */
import { setFlagsFromString } from 'node:v8';

// What an edit leaves behind is garbage at once: V8 would let the heap grow to several times of what is alive before it collects that.
setFlagsFromString('--heap-growing-percent=20');

void import('./start-server.ts').then(({ startServer }) => startServer(process.argv.includes('--node-ipc') ? 'node-ipc' : 'stdio'));
