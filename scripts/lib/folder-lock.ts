/** One process at a time: test files run beside each other, and several want the same packages installed. */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** An install takes some seconds, on a slow network a minute; who holds a lock for longer has died. */
const lockLimitMs = 300_000;
const pollMs = 200;

/** Does some work while a folder stands for the lock: making it succeeds for one process alone. @param path of that folder */
export async function withFolderLock<T>(path: string, work: () => Promise<T> | T): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      mkdirSync(path);
      break;
    } catch {
      const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
      if (made !== undefined && Date.now() - made > lockLimitMs) release(path);
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
  try {
    return await work();
  } finally {
    release(path);
  }
}

/** It may be gone: who waited too long has taken it away. */
const release = (path: string): void => rmSync(path, { recursive: true, force: true });
