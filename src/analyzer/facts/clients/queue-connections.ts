/** What BullMQ makes its clients of: the `connection` of a queue, a worker and the like. */
import ts from 'typescript';
import { bullClassOf, importsBull } from './bullmq-classes.ts';
import { connectionOptions, type OptionValue } from './connection-options.ts';
import type { RegionFacts } from '../calls/file-facts.ts';
import { nodesIn } from '../calls/nodes.ts';

export interface QueueConnection {
  construction: ts.NewExpression;
  options: readonly OptionValue[];
}

const makers = new Set(['Queue', 'Worker', 'QueueEvents', 'FlowProducer', 'QueueScheduler', 'QueueGetters']);

export function queueConnections({ sourceFile, region }: RegionFacts, checker: ts.TypeChecker): QueueConnection[] {
  if (!importsBull(sourceFile)) return [];
  return nodesIn(region).flatMap((node): QueueConnection[] => {
    if (!ts.isNewExpression(node) || !makers.has(bullClassOf(node) ?? '')) return [];
    const own = connectionOptions(node, checker, node.arguments ?? []).flatMap((one) => (one.path[0] === 'connection' ? [{ ...one, path: one.path.slice(1) }] : []));
    return own.length > 0 ? [{ construction: node, options: own }] : [];
  });
}
