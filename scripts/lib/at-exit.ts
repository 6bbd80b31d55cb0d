/** One `exit` listener for any number of things to put away, so that Node does not warn about the eleventh. */
const cleanups = new Set<() => void>();
let listens = false;

/** Runs `cleanup` (synchronous) when this process exits by itself or by process.exit. Returns a function that takes it back. */
export function atExit(cleanup: () => void): () => void {
  if (!listens) {
    listens = true;
    process.on('exit', () => {
      for (const each of cleanups) each();
    });
  }
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}
