/** A script whose text has values in it, or is sent whole with every call. */
import { sentScript } from '../facts/calls/sent-script.ts';
import { planDefinedScript } from '../fixes/defined-script.ts';
import { planScriptArguments } from '../fixes/script-arguments.ts';
import type { Rule } from './rule.ts';

export const dynamicEval: Rule = {
  meta: {
    id: 'dynamic-eval',
    summary: 'EVAL with values in the script\'s text, or with the whole text each time.',
    severity: 'warning',
    fix: 'suggest',
    category: 'latency',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      const script = sentScript(call, workspace);
      if (!script) continue;
      const defined = call.dialect === 'ioredis' ? 'defineCommand' : 'defineScript';
      if (script.kind === 'dynamic') {
        yield {
          node: call.nameNode,
          message: `Values in the text make it another script for each: the server compiles and keeps every one, and a value can carry code; pass them as KEYS and ARGV.`,
          related: script.of.slice(0, 3).map((node) => ({ node, message: 'this value becomes part of the script' })),
          fixes: () => planScriptArguments(call, workspace),
        };
      } else {
        yield {
          node: call.nameNode,
          severity: 'information',
          message: `The whole script is sent with every call; ${defined}() sends its hash instead, and the text only to a server that does not know it.`,
          fixes: () => planDefinedScript(call, workspace),
        };
      }
    }
  },
};
