/**
 * The one fact every rule reads: a command sent to Redis, in Redis's own words.
 * Built by `collect-calls.ts`; a rule never looks at how a client library spells a command.
 */
import type ts from 'typescript';
import type { KeyPattern } from '../../../redis/key-pattern.ts';

/** The package the client comes from. */
export type Library = 'ioredis' | 'iovalkey' | 'redis' | '@redis/client';

/** Two families of spelling: iovalkey is written as ioredis, @redis/client as redis. */
export type DialectName = 'ioredis' | 'node-redis';

/** `pipeline`: queued, not atomic. `multi`: queued, MULTI…EXEC. `pool`: node-redis createClientPool. */
export type ReceiverKind = 'client' | 'pipeline' | 'multi' | 'cluster' | 'pool';

/** How sure: the method is declared by the library (`type`), the variable was assigned a client (`flow`), or it only looks so (`name`). */
export type Confidence = 'type' | 'flow' | 'name';

export interface Receiver {
  kind: ReceiverKind;
  /** Typed `Redis | Cluster`, or a pipeline of such: counts as both. */
  maybeCluster: boolean;
  /** What the method is called on, chained queue calls left out: `redis` in `redis.pipeline().get(k)`. Undefined behind a promisified alias. */
  node: ts.Expression | undefined;
  /** Which client: the same for a client and its pipelines, and after edits elsewhere. Empty where it cannot be told. */
  identity: string;
  /** Where the client is declared, or the expression is that it is: `file#offset`, of the texts when the call was collected. Empty where it cannot be told. */
  declaredAt: string;
  /** Database and key prefix where the construction says them; `undefined` when unknown or not given. */
  db: number | undefined;
  prefix: KeyPattern | undefined;
  /** A construction with `keyPrefix` whose text is not known, or known: either way names on the server differ from names in code. */
  hasPrefix: boolean;
  confidence: Confidence;
  /** False where the project has several client libraries, and only the spelling of the method says which. */
  isLibraryKnown: boolean;
}

export type LoopKind = 'for' | 'for-of' | 'for-in' | 'for-await' | 'while' | 'do' | 'forEach' | 'map' | 'reduce';

export interface Loop {
  kind: LoopKind;
  /** The statement, or the call of `.forEach` and the like. */
  node: ts.IterationStatement | ts.CallExpression;
  /** The body run per item: a statement, or the callback. */
  body: ts.Node;
}

/** What becomes of the promise (or of the queueing call). */
export type UseKind =
  | 'awaited' // `await r.get(k)`
  | 'returned' // `return r.get(k)`, `=> r.get(k)`
  | 'collected' // pushed to an array, an element of Promise.all([...]), the result of a .map callback
  | 'then' // `.then(…)` without a catch
  | 'caught' // `.catch(…)`, or `.then(a, b)`
  | 'callback' // node style
  | 'assigned' // `const p = r.get(k)`
  | 'argument' // passed on
  | 'queued' // on a pipeline or multi
  | 'void' // `void r.get(k)`
  | 'floating';

export interface ResultUse {
  kind: UseKind;
  /** The expression that stands for the reply itself: the await with the parentheses, `as`, `!` around it; else the call with those around it. */
  value: ts.Expression;
  /** The variable (or destructuring pattern) the awaited reply is put into: `const raw = await r.get(k)`, `raw = await r.get(k)`. */
  target: ts.BindingName | ts.Expression | undefined;
}

/** A key argument. */
export interface KeyArgument {
  node: ts.Expression;
  pattern: KeyPattern;
  /**
   * Equal for two keys of one function exactly when they are the same text at run time as far as can be told
   * (same literal parts, same unreassigned variables): `` `user:${id}` `` and `'user:' + id`.
   */
  identity: string;
}

export type TtlUnit = 'EX' | 'PX' | 'EXAT' | 'PXAT' | 'KEEPTTL';

export interface CallArguments {
  /**
   * In the server's order and as far as the spelling goes: `sendCommand(['SREM', k, m])` and `srem(k, m)` are both `[k, m]`.
   * Arrays and spreads that stand for several arguments are left as written.
   */
  list: readonly ts.Expression[];
  /** Keys by the command table; empty where they cannot be told. */
  keys: readonly KeyArgument[];
  /** What SET, SETEX, PSETEX, SETNX, GETSET, JSON.SET store. */
  value: ts.Expression | undefined;
  /** TTL given with a SET-like command, or by EXPIRE and its family, whatever the spelling. `node` is undefined for KEEPTTL. */
  ttl: { unit: TtlUnit; node: ts.Expression | undefined } | undefined;
  /** Uppercase options of SET, EXPIRE, ZADD: NX, XX, GET, GT, LT, WITHSCORES … */
  flags: ReadonlySet<string>;
  /** node-redis's trailing options object. */
  options: ts.Expression | undefined;
}

export interface RedisCall {
  /** Asked of the node: an edit elsewhere moves it to another tree. */
  readonly sourceFile: ts.SourceFile;
  node: ts.CallExpression | ts.NewExpression;
  /** Where a finding stands: the method's name, or for `@construct` the constructor's. */
  nameNode: ts.Node;
  /** Redis's own name in upper case (`HGETALL`), or `@construct`, `@duplicate`, `@exec`, `@connect`, `@quit`, `@disconnect`, `@scanStream`, `@scanIterator`, `@on`, … for what only the client knows. */
  command: string;
  library: Library;
  dialect: DialectName;
  /** Of the client library: 4, 5, 6 (ioredis), 3 to 6 (node-redis). Of a client in legacy mode, and of code that is evidently written for it, 3. */
  major: number;
  receiver: Receiver;
  /** `raw`: `call('KEYS', p)`, `sendCommand(['KEYS', p])`; `list`: `set([key, value])`; `alias`: a promisified `getAsync`. */
  spelling: 'method' | 'upper' | 'raw' | 'list' | 'alias';
  args: CallArguments;
  /** Node-style callback, where one is passed. */
  callback: ts.Expression | undefined;
  use: ResultUse;
  /** The nearest enclosing function, or the file. */
  readonly fn: ts.SignatureDeclaration | ts.SourceFile;
  /** The nearest enclosing loop that runs this call once per item, within `fn` or around the callback it is. */
  loop: Loop | undefined;
}

/** Whether only the receiver's name says that it is a client. */
export const isNamed = ({ receiver }: RedisCall): boolean => receiver.confidence === 'name';
