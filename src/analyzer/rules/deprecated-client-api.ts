/** The ways of an older major of the client library: some still work, most are passed over in silence. */
import { outdatedApi, type Outdated } from '../facts/calls/outdated-api.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { planCurrentClientApi } from '../fixes/current-client-api.ts';
import type { Rule } from './rule.ts';

export const deprecatedClientApi: Rule = {
  meta: {
    id: 'deprecated-client-api',
    summary: 'A method, option, event or callback of an older major of the client library.',
    severity: 'hint',
    fix: 'suggest',
    category: 'correctness',
    tag: 'deprecated',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      const outdated = outdatedApi(call, workspace);
      if (!outdated) continue;
      const isGone = outdated.kind !== 'method' && call.dialect === 'node-redis';
      yield {
        node: call.nameNode,
        ...(isGone ? { severity: 'error' as const } : {}),
        message: messageOf(outdated, call),
        fixes: () => planCurrentClientApi(call, outdated, workspace),
      };
    }
  },
};

function messageOf(outdated: Outdated, { nameNode, dialect }: RedisCall): string {
  const since = outdated.kind === 'method' || outdated.kind === 'command-options' ? 5 : 4;
  switch (outdated.kind) {
    case 'method':
      return `node-redis deprecates ${nameNode.getText()}() since version 5; use ${outdated.instead}(), which ${outdated.instead === 'close' ? 'lets pending commands finish' : 'drops the connection at once'}.`;
    case 'command-options':
      return 'node-redis 5 has no commandOptions() any more, and this throws; take a connection of a pool (createClientPool) for blocking commands, withTypeMapping() for buffers.';
    case 'event':
      return `node-redis emits no '${outdated.name}' event since version ${since}, so this is never called; give the listener to subscribe(channel, listener).`;
    case 'callback':
      return `node-redis takes no callbacks since version ${since}: the command throws or the function is never called; await the promise.`;
    case 'positional': {
      const { list, words } = outdated.positional;
      const what = list.length > 0 ? 'all but the first of these arguments' : words.map((one) => one.getText()).join(', ');
      return `node-redis passes over ${what} since version ${since}, in silence; give ${list.length > 0 ? 'them as one list' : 'options in an object'}.`;
    }
    case 'url':
    case 'port':
      return `node-redis passes over a bare ${outdated.kind === 'url' ? 'URL' : 'port'} since version ${since} and connects to localhost:6379; give it in the options (${outdated.kind === 'url' ? '{ url }' : '{ socket: { host, port } }'}).`;
    case 'options':
      return dialect === 'ioredis'
        ? `ioredis passes over ${outdated.names.join(', ')} since version 5; leave it out.`
        : `node-redis passes over ${outdated.names.join(', ')} since version ${since}, in silence${outdated.names.some((name) => name === 'host' || name === 'port') ? ', and connects to localhost:6379' : ''}; host and port go into socket, db is called database.`;
  }
}
