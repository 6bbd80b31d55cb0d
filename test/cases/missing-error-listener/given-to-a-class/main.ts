import { createClient, type RedisClientType } from 'redis';
import { SessionStore, TracedStore, WatchedStore } from './store';

const sessions: RedisClientType = createClient(); // expect: missing-error-listener
export const store = new SessionStore(sessions);
export const second = new SessionStore(createClient()); // expect: missing-error-listener

const watched: RedisClientType = createClient(); // quiet: missing-error-listener -- the class that is given it listens
export const watchedStore = new WatchedStore(watched);

const traced: RedisClientType = createClient(); // quiet: missing-error-listener -- the class gives it on to a package, which may listen
export const tracedStore = new TracedStore({ client: traced });
