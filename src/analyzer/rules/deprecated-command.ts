/** Commands that Redis itself calls deprecated, and what it names in their place. */
import { replacedSince } from '../dialects/write/modern-command.ts';
import { planModernCommand } from '../fixes/modern-command.ts';
import { commandInfo } from '../../redis/commands.ts';
import { isServerAtLeast } from '../workspace/layout.ts';
import type { Rule } from './rule.ts';

export const deprecatedCommand: Rule = {
  meta: {
    id: 'deprecated-command',
    summary: 'A command that Redis has deprecated; another one does the same.',
    severity: 'hint',
    fix: 'safe',
    category: 'correctness',
    tag: 'deprecated',
  },
  *check({ calls, sourceFile }, workspace) {
    for (const call of calls) {
      // QUIT goes with the connection: deprecated-client-api speaks of that.
      const info = call.command === 'QUIT' ? undefined : commandInfo(call.command);
      if (info?.deprecatedSince === undefined) continue;
      // On a server that is older, there is nothing better.
      if (!isServerAtLeast(replacedSince(call.command) ?? info.deprecatedSince, sourceFile.fileName, workspace.layout)) continue;
      yield {
        node: call.nameNode,
        message: `${call.command} is deprecated since Redis ${info.deprecatedSince.replace(/\.0$/, '')}, and newer servers and proxies may drop it${info.replacedBy === undefined ? '' : `; use ${info.replacedBy}`}.`,
        fixes: () => planModernCommand(call, workspace),
      };
    }
  },
};
