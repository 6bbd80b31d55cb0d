/** Lets the analyzer tell clients by the libraries' own declarations, beside ours. */
import ts from 'typescript';
import { kindOf, sharedInterfaces } from '../../src/analyzer/dialects/client-declarations.ts';
import { clientReader, type ClientOrigin, type ClientReader } from '../../src/analyzer/dialects/client-types.ts';
import type { Library, ReceiverKind } from '../../src/analyzer/facts/calls/redis-call.ts';
import { declaringClient, isOfEmitter } from './real-calls.ts';
import { clientOfFile, realClients, type RealClient } from './real-clients.ts';
import { nameOf } from './real-receivers.ts';

/** Does some work while the real declarations can be read. */
export async function readingReal<T>(work: () => Promise<T>): Promise<T> {
  const ours = { ...clientReader };
  Object.assign(clientReader, readerBeside(ours));
  try {
    return await work();
  } finally {
    Object.assign(clientReader, ours);
  }
}

function readerBeside(ours: ClientReader): ClientReader {
  return {
    libraryOf: (fileName) => ours.libraryOf(fileName) ?? originOfClient(clientOfFile(fileName)),
    // `on` and its kin are Node's. Whose they are is of no interest, as long as what they are called on is a client.
    declaring: (method, checker) => ours.declaring(method, checker) ?? originOfClient(declaringClient(method, checker) ?? (isOfEmitter(method) ? realClients()[0] : undefined)),
    isOfClient: (method) => ours.isOfClient(method) || isOfRealClient(method),
    kindOf: (symbol) => ours.kindOf(symbol) ?? realKind(nameOf(symbol)),
  };
}

function originOfClient(client: RealClient | undefined): ClientOrigin | undefined {
  const [library] = client?.versions.keys() ?? [];
  return client && library !== undefined ? { library: library as Library, major: client.major, dialect: client.dialect } : undefined;
}

/** node-redis has its commands in tables, and makes methods of them by mapped types. */
function isOfRealClient({ declarations = [] }: ts.Symbol): boolean {
  const own = declarations.filter((one) => clientOfFile(one.getSourceFile().fileName));
  if (declarations.length > 0 && own.length === 0) return false;
  return own.every(({ parent }) => {
    const name = ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent) ? parent.name?.text : undefined;
    return name === undefined || realKind(name) !== undefined || sharedInterfaces.has(name);
  });
}

/** `class RedisClientPool` is behind `type RedisClientPoolType`. */
function realKind(name: string): ReceiverKind | undefined {
  return kindOf(name) ?? kindOf(`${name}Type`);
}
