/** Where the real declarations would have the analyzer find or know something else, and it is right as it is. */
import type { KnownDifference } from './real-exceptions.ts';

/** By project, as in real-exceptions.ts; the lines are those of `findingDifferences` (test/support/real-findings.ts). */
export const knownInFindings: Readonly<Record<string, readonly KnownDifference[]>> = {
  'test/cases': [
    {
      why: 'the streams of ioredis are of any to their real types, ours know the batch of keys for a list: it need not be copied into one',
      lines: ['no-command-in-loop scan-batch-shape/stream-batch-as-key/src/sweep.ts:14:48 fix pipeline-chunks: for (let start = 0; start < keys.length; start += 500) { is const items = [...keys];'],
    },
  ],
};

export const knownInFacts: Readonly<Record<string, readonly KnownDifference[]>> = {
  'test/cases': [
    {
      why: '@types/ioredis says that monitor() gives an emitter; at run time it is a Redis',
      lines: ['invented @on no-admin-command/monitor-for-tracing/trace.js:6:8'],
    },
    {
      why: "the project adds `redis` to fastify's own types, and the analyzer reads nobody's types but the clients': `app` is any to it",
      lines: ['missed SMEMBERS no-client-per-request/fastify-plugin-and-hook/src/plugin.ts:25:45'],
    },
  ],
};
