/** Commands for whoever runs the server, sent by an application. */
import type { Rule } from './rule.ts';

/** What each does to those who share the server, and what to do instead. */
const costs: Readonly<Record<string, string>> = {
  MONITOR: 'MONITOR copies every command of every client here, passwords in arguments included, and slows all of them; use SLOWLOG or LATENCY from a shell.',
  DEBUG: 'DEBUG can stop or crash the server and is refused by default since Redis 7.0; keep it to a shell.',
  SAVE: 'SAVE stops the server until the whole data set is written (about a second per million keys); let the server save by its own configuration, or use BGSAVE from a shell.',
  BGREWRITEAOF: 'BGREWRITEAOF forks the server and rewrites its log, and any request can start it; let auto-aof-rewrite-percentage decide.',
  'CONFIG SET': 'CONFIG SET changes the server for everybody, is lost at its restart, and managed services refuse it; set it where the server is deployed.',
  SLAVEOF: 'SLAVEOF makes the server drop its data and follow another; leave that to Sentinel, the cluster or the operator.',
  REPLICAOF: 'REPLICAOF makes the server drop its data and follow another; leave that to Sentinel, the cluster or the operator.',
  SHUTDOWN: 'SHUTDOWN stops the server for everybody who uses it; to end this program\'s connection, close the client.',
};

export const noAdminCommand: Rule = {
  meta: {
    id: 'no-admin-command',
    summary: 'A command for the server\'s operator (MONITOR, SAVE, CONFIG SET, SHUTDOWN …) in application code.',
    severity: 'warning',
    fix: 'none',
    category: 'security',
    confidence: 'name',
  },
  *check({ calls }) {
    for (const call of calls) {
      const message = costs[call.command];
      if (message !== undefined) yield { node: call.nameNode, message };
    }
  },
};
