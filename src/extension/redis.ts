/** All that needs ioredis: a bundle of its own, loaded when the first connection opens. */
export { connect } from '../server/index.ts';
export { Keyspace, Namespaces, renderValue } from '../keyspace/index.ts';
