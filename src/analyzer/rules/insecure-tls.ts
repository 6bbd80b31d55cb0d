/** Encrypted, but to whom? A connection that verifies nothing can be answered, read and changed by whoever is in between. */
import type ts from 'typescript';
import { connectionOptions } from '../facts/clients/connection-options.ts';
import { queueConnections } from '../facts/clients/queue-connections.ts';
import { unverifiedTls } from '../facts/clients/unverified-tls.ts';
import type { Problem, Rule } from './rule.ts';

export const insecureTls: Rule = {
  meta: {
    id: 'insecure-tls',
    summary: 'A connection over TLS does not verify the server that it talks to.',
    severity: 'warning',
    fix: 'none',
    category: 'security',
  },
  *check(facts, workspace) {
    const { checker } = workspace;
    for (const call of facts.calls) {
      const off = call.command === '@construct' ? unverifiedTls(connectionOptions(call.node, checker), checker) : undefined;
      if (off) yield problemAt(call.nameNode, off);
    }
    for (const { construction, options } of queueConnections(facts, checker)) {
      const off = unverifiedTls(options, checker);
      if (off) yield problemAt(construction.expression, off);
    }
  },
};

function problemAt(node: ts.Node, off: ts.Node): Problem {
  return {
    node,
    message: 'This TLS connection takes whoever answers for the server, who can then read and change everything; trust its certificate by `ca` instead.',
    related: [{ node: off, message: 'verification is turned off here' }],
  };
}
