/** The server layer: connections, the command gate, INFO and CONFIG snapshots. */
export { describeSpec, parseRedisUrl } from './connection-spec.ts';
export type { ConnectionSpec, TlsSpec } from './connection-spec.ts';
export { connect, ServerConnection } from './server-connection.ts';
export type { ConnectOptions, Question } from './server-connection.ts';
export { ServerError } from './server-error.ts';
export type { ServerErrorKind } from './server-error.ts';
export { readEncodingThresholds, readInfo } from './info.ts';
export type { DatabaseInfo, EncodingThresholds, InfoSnapshot } from './info.ts';
export type { ConnectionState, Reply, ServerNode, Target, Timing } from './types.ts';
