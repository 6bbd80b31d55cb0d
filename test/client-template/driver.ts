/** Runs a rendered shared client in a process of its own, as a user's project would, and calls it from the test. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { renderTemplate, type TemplateChoice } from '../../src/client-template/render.ts';

/** Short times instead of the template's, so that a test need not wait 30 s for a health check. */
export type Times = Partial<Record<'HEALTH_CHECK_INTERVAL_MS' | 'PING_TIMEOUT_MS' | 'READY_TIMEOUT_MS' | 'CLOSE_TIMEOUT_MS', number>>;

export interface Client {
  /** Calls a function of the program below in the other process. */
  call(name: string, ...args: unknown[]): Promise<unknown>;
  /** What it wrote on stderr so far. */
  errors(): string;
  /** Its exit code; undefined while it runs. */
  exitCode(): number | null | undefined;
  /** Lets go of it: it ends where nothing else keeps it running. */
  letGo(): Promise<number | null>;
  end(): void;
}

/** How the program below sees the module again, as a development server does after a change. */
const reload = { mjs: "import('./redis-client.mjs?changed')", cjs: "(delete require.cache[require.resolve('./redis-client.cjs')], require('./redis-client.cjs'))", ts: "import('./redis-client.ts?changed')" };

type Extension = keyof typeof reload;

const program = (extension: Extension): string => `
${extension === 'cjs' ? "const shared = require('./redis-client.cjs');" : `import * as shared from './redis-client.${extension}';`}
const url = process.env.REDIS_URL;
async function inDatabase({ redis, redisWith }, database) {
  if ((await redis()).blpop) return database === undefined ? redisWith(url) : redisWith(url, { db: database });
  return redisWith(database === undefined ? { url } : { url, database });
}
const actions = {
  set: async (key, value) => (await shared.redis()).set(key, value),
  get: async (key) => (await shared.redis()).get(key),
  incrManyAtOnce: async (key, times) => {
    const replies = await Promise.all(Array.from({ length: times }, async () => (await shared.redis()).incr(key)));
    return Math.max(...replies);
  },
  incrManyAndClose: async (key, times) => {
    const client = await shared.redis();
    const replies = Array.from({ length: times }, () => client.incr(key));
    await shared.close();
    const settled = await Promise.allSettled(replies);
    return settled.filter(({ status }) => status === 'fulfilled').length;
  },
  ready: () => shared.ready(),
  close: () => shared.close(),
  duplicate: async () => {
    const client = await shared.duplicate();
    const popped = client.blpop ? client.blpop('queue', 5) : client.blPop('queue', 5);
    await (await shared.redis()).lpush?.('queue', 'a') ?? await (await shared.redis()).lPush('queue', 'a');
    const value = await popped;
    client.disconnect ? client.disconnect() : client.destroy();
    return Array.isArray(value) ? value[1] : value.element;
  },
  sameAfterReload: async () => {
    const changed = await ${reload[extension]};
    return changed !== shared && (await changed.redis()) === (await shared.redis()) && (await inDatabase(changed, 2)) === (await inDatabase(shared, 2));
  },
  setIn: async (database, key, value) => (await inDatabase(shared, database)).set(key, value),
  manyIn: async (databases) => new Set(await Promise.all(databases.map((database) => inDatabase(shared, database)))).size,
  defaultIsShared: async () => (await inDatabase(shared, undefined)) === (await shared.redis()),
};
process.on('message', async ({ id, name, args }) => {
  try {
    process.send({ id, value: await actions[name](...args) });
  } catch (error) {
    process.send({ id, error: String(error && error.message || error) });
  }
});
process.send({ id: 0 });
`;

/** Starts it in a new folder below `home`, whose node_modules has the library; default the repository's. */
export async function startClient(choice: TemplateChoice, url: string, times: Times = {}, home = resolve(__dirname, '../../.cache')): Promise<Client> {
  const extension: Extension = choice.language === 'ts' ? 'ts' : choice.module === 'esm' ? 'mjs' : 'cjs';
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'shared-client-'));
  // tsx takes a .ts file for an ES module where the package says so.
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  writeFileSync(join(folder, `redis-client.${extension}`), withTimes(renderTemplate(choice), times));
  const entry = join(folder, `program.${extension === 'cjs' ? 'cjs' : 'mjs'}`);
  writeFileSync(entry, program(extension));
  const child = fork(entry, { stdio: ['ignore', 'inherit', 'pipe', 'ipc'], env: { ...process.env, REDIS_URL: url }, execArgv: extension === 'ts' ? ['--import', 'tsx'] : [] });
  child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return connected(child);
}

function withTimes(text: string, times: Times): string {
  return Object.entries(times).reduce((result, [name, ms]) => result.replace(new RegExp(`^const ${name} = .*;$`, 'm'), `const ${name} = ${ms};`), text);
}

async function connected(child: ChildProcess): Promise<Client> {
  let errors = '';
  let code: number | null | undefined;
  let last = 0;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const started = new Promise<void>((resolveStart, rejectStart) => {
    waiting.set(0, { resolve: () => resolveStart(), reject: rejectStart });
  });
  const exited = new Promise<number | null>((resolveExit) => {
    child.once('exit', (exitCode) => {
      code = exitCode;
      for (const { reject } of waiting.values()) reject(new Error(`the process ended with ${exitCode}: ${errors}`));
      resolveExit(exitCode);
    });
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.on('message', (message: { id: number; value?: unknown; error?: string }) => {
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) call?.resolve(message.value);
    else call?.reject(new Error(message.error));
  });
  await started;
  return {
    call: (name, ...args) => new Promise((resolveCall, rejectCall) => {
      const id = ++last;
      waiting.set(id, { resolve: resolveCall, reject: rejectCall });
      child.send({ id, name, args });
    }),
    errors: () => errors,
    exitCode: () => code,
    letGo: () => {
      child.disconnect();
      return exited;
    },
    end: () => {
      if (code === undefined) child.kill('SIGKILL');
    },
  };
}
