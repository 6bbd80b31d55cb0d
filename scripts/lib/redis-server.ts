/**
 * A Redis of our own for `npm start` and the tests: found or installed once, started on a free port of 127.0.0.1,
 * without persistence, in a folder of its own, gone when we are gone.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './at-exit.ts';
import { canCompileRedis, compileRedis } from './compiled-redis.ts';
import { canInstallDebianPackages, installDebianPackage } from './debian.ts';
import { dieWithParent } from './die-with-parent.ts';
import { findOnPath } from './on-path.ts';

const HOST = '127.0.0.1';
/** A cold start takes some 50 ms; the rest is for a loaded machine. */
const START_LIMIT_MS = 20_000;
/** SHUTDOWN without persistence is immediate; after this it is killed. */
const STOP_LIMIT_MS = 5_000;

export interface RunningRedis {
  /** `redis://127.0.0.1:<port>` */
  url: string;
  host: string;
  port: number;
  /** The server's working folder; removed by `stop`. */
  dir: string;
  pid: number;
  /** Ends the server and removes its folder. May be called twice, and after `kill`. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would be; the port is then free for another `startRedis({ port })`. */
  kill(): Promise<void>;
}

export interface StartRedisOptions {
  /** Default: a free one. */
  port?: number;
  /** More arguments of redis-server, e.g. `['--requirepass', 'x']`; they come last and win. The plain port and the log on stdout must stay. */
  args?: string[];
}

let found: Promise<string> | undefined;

/**
 * The path of a `redis-server` or `valkey-server`. Where there is none: installed by apt-get on Debian as root,
 * else compiled where there is a compiler, else an error that says what to type.
 */
export function findRedisServer(): Promise<string> {
  found ??= locate();
  found.catch(() => {
    found = undefined;
  });
  return found;
}

async function locate(): Promise<string> {
  const present = findOnPath('redis-server', 'valkey-server');
  if (present !== undefined) return present;
  if (canInstallDebianPackages()) {
    installDebianPackage('redis-server', 'a local Redis to browse and to test against');
    const installed = findOnPath('redis-server');
    if (installed !== undefined) return installed;
  }
  if (canCompileRedis()) {
    try {
      return await compileRedis();
    } catch (error) {
      console.log(`That did not work: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`No redis-server or valkey-server was found on PATH. ${howToInstall()} Then run the same command again.`);
}

function howToInstall(): string {
  switch (process.platform) {
    case 'darwin':
      return 'Install one with: brew install redis';
    case 'win32':
      return 'Redis does not run on Windows itself: run this inside WSL (wsl --install, then: sudo apt-get install redis-server).';
    default:
      if (findOnPath('apt-get') !== undefined) return 'Install one with: sudo apt-get install redis-server';
      if (findOnPath('dnf') !== undefined) return 'Install one with: sudo dnf install valkey';
      if (findOnPath('pacman') !== undefined) return 'Install one with: sudo pacman -S valkey';
      if (findOnPath('apk') !== undefined) return 'Install one with: apk add valkey';
      return 'Install one with your package manager (https://redis.io/docs/latest/operate/oss_and_stack/install/).';
  }
}

/** Starts a server and resolves when it answers PING. Rejects with the server's own words when it does not come up. */
export async function startRedis(options: StartRedisOptions = {}): Promise<RunningRedis> {
  const program = await findRedisServer();
  // Between finding a free port and binding it somebody else may take it: then try another.
  const attempts = options.port === undefined ? 5 : 1;
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    try {
      return await launch(program, port, options.args ?? []);
    } catch (error) {
      if (attempt >= attempts || !String(error).includes('in use')) throw error;
    }
  }
}

async function launch(program: string, port: number, extra: string[]): Promise<RunningRedis> {
  const dir = mkdtempSync(join(tmpdir(), 'keyscope-redis-'));
  const args = ['--port', String(port), '--bind', HOST, '--save', '', '--appendonly', 'no', '--dir', dir, '--daemonize', 'no'];
  // A session of its own: Ctrl-C in the terminal goes to us, and we decide.
  const child = spawn(program, [...args, '--loglevel', 'notice', '--logfile', '', ...extra], { stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32', cwd: dir });
  let log = '';
  const keep = (chunk: Buffer): void => {
    log = (log + chunk.toString('utf8')).slice(-4_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      log += error.message;
      resolve();
    });
  });
  const pid = child.pid;
  const callOff = pid === undefined ? () => undefined : dieWithParent(pid, { dir });
  void ended.then(callOff);

  const stop = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (isRunning(child)) {
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(timer);
    }
  };
  const remove = (): void => rmSync(dir, { recursive: true, force: true });
  const forgetDir = atExit(remove);

  // An answer alone could come from another server that holds the port: ours has to say that it is ready, too.
  const saysReady = (): boolean => log.includes('Ready to accept connections');
  const ready = await waitForPong(port, saysReady, () => isRunning(child));
  if (!ready || pid === undefined) {
    await stop('SIGKILL');
    forgetDir();
    remove();
    throw new Error(`${program} did not start on port ${port}:\n${log.trim() || 'it said nothing'}`);
  }
  return {
    url: `redis://${HOST}:${port}`,
    host: HOST,
    port,
    dir,
    pid,
    async stop() {
      await stop('SIGTERM');
      forgetDir();
      remove();
    },
    kill: () => stop('SIGKILL'),
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function waitForPong(port: number, saysReady: () => boolean, alive: () => boolean): Promise<boolean> {
  const end = Date.now() + START_LIMIT_MS;
  while (alive() && Date.now() < end) {
    if (saysReady() && (await answersPing(port))) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/** True for PONG, and for NOAUTH, by which a server with a password says that it is up; false for LOADING and no answer. */
export function answersPing(port: number, host: string = HOST): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    let reply = '';
    socket.setTimeout(1_000, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.on('data', (chunk) => {
      reply += chunk.toString('latin1');
      if (reply.includes('\n')) finish(reply.startsWith('+PONG') || reply.startsWith('-NOAUTH'));
    });
  });
}

/** A TCP port of 127.0.0.1 that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
