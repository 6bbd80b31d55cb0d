/** A language client as any editor might write it: JSON-RPC framing over the pipes of a child process, no library. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

interface Message {
  id?: number | string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { code: number; message: string };
}

export interface Notification {
  method: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  params: any;
}

export class JsonRpcClient {
  readonly process: ChildProcessWithoutNullStreams;
  /** All notifications and requests of the server, in order. */
  readonly received: Notification[] = [];
  /** Answers to requests of the server, by method; null for others. */
  readonly answers: Record<string, (params: never) => unknown> = {};
  stderr = '';
  readonly #pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #waiting = new Set<{ test: (notification: Notification) => boolean; resolve: (notification: Notification) => void }>();
  #buffer = Buffer.alloc(0);
  #nextId = 1;

  constructor(command: string, args: readonly string[], cwd: string) {
    this.process = spawn(command, args, { cwd, env: { ...process.env, NO_COLOR: '1' } });
    this.process.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    this.process.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.process.stdin.on('error', () => undefined);
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  request(method: string, params: unknown): Promise<any> {
    const id = this.#nextId++;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  raw(text: string): void {
    this.process.stdin.write(text);
  }

  /** The first message of the server from `since` on (an index into `received`) that passes the test, come or to come. */
  async waitFor(test: (notification: Notification) => boolean, since = 0, timeoutMs = 30_000): Promise<Notification> {
    const found = this.received.slice(since).find(test);
    if (found) return found;
    return new Promise((resolve, reject) => {
      const entry = { test, resolve: (value: Notification) => (clearTimeout(timer), this.#waiting.delete(entry), resolve(value)) };
      const timer = setTimeout(() => {
        this.#waiting.delete(entry);
        const got = this.received.map((each) => JSON.stringify(each).slice(0, 300)).join('\n');
        reject(new Error(`The server did not say it in time. It said:\n${got}\n${this.stderr}`));
      }, timeoutMs);
      this.#waiting.add(entry);
    });
  }

  /** Ends the server as the protocol has it. @returns its exit code */
  async stop(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    await this.request('shutdown', undefined).catch(() => undefined);
    this.notify('exit', undefined);
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 5_000);
    const code = await ended;
    clearTimeout(timer);
    return code;
  }

  #send(message: Message): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const headerEnd = this.#buffer.indexOf('\r\n\r\n');
      if (headerEnd < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, headerEnd).toString())?.[1]);
      if (this.#buffer.length < headerEnd + 4 + length) return;
      const body = this.#buffer.subarray(headerEnd + 4, headerEnd + 4 + length).toString();
      this.#buffer = this.#buffer.subarray(headerEnd + 4 + length);
      this.#handle(JSON.parse(body) as Message);
    }
  }

  #handle(message: Message): void {
    if (message.method === undefined) {
      const pending = this.#pending.get(Number(message.id));
      this.#pending.delete(Number(message.id));
      if (message.error) pending?.reject(new Error(`${message.error.code}: ${message.error.message}`));
      else pending?.resolve(message.result);
      return;
    }
    const notification = { method: message.method, params: message.params };
    this.received.push(notification);
    for (const entry of [...this.#waiting]) if (entry.test(notification)) entry.resolve(notification);
    if (message.id !== undefined) {
      const answer = this.answers[message.method];
      const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: message.id, result: answer?.(message.params as never) ?? null }));
      this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
      this.process.stdin.write(body);
    }
  }
}
