/** A password in the code is known to all who can read it, and stays in the history when it is changed. */
import { connectionOptions } from '../facts/clients/connection-options.ts';
import { writtenPassword } from '../facts/clients/written-password.ts';
import { planPasswordFromEnvironment } from '../fixes/password-from-environment.ts';
import type { Rule } from './rule.ts';

export const hardcodedCredentials: Rule = {
  meta: {
    id: 'hardcoded-credentials',
    summary: 'The password of a server that is not local stands in the code.',
    severity: 'error',
    fix: 'suggest',
    category: 'security',
  },
  *check({ calls }, workspace) {
    const { checker } = workspace;
    for (const call of calls) {
      if (call.command !== '@construct') continue;
      const written = writtenPassword(connectionOptions(call.node, checker), checker);
      if (!written) continue;
      yield {
        node: call.nameNode,
        message: `The password of this connection stands in the code${written.inUrl ? ', in its URL' : ''}, for all who can read it or its history; take it from the environment.`,
        related: [{ node: written.option.value, message: 'the password' }],
        fixes: () => planPasswordFromEnvironment(call, written, checker),
      };
    }
  },
};
