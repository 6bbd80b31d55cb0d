/** The masters of a cluster, from CLUSTER SLOTS, which every version has. */
import type { ServerNode } from './types.ts';

/**
 * @param reply of CLUSTER SLOTS: [from, to, [host, port, …], replicas …] per range
 * @param seedHost for nodes that do not know their own address
 */
export function parseClusterSlots(reply: unknown, seedHost: string): ServerNode[] {
  const nodes = new Map<string, ServerNode & { slots: [number, number][] }>();
  for (const range of asArray(reply)) {
    const [from, to, master] = asArray(range);
    const [hostWord, portWord] = asArray(master);
    const announced = text(hostWord);
    const host = announced === '' || announced === '?' ? seedHost : announced;
    const port = Number(text(portWord));
    const id = `${host}:${port}`;
    const node = nodes.get(id) ?? { id, host, port, slots: [] };
    node.slots.push([Number(text(from)), Number(text(to))]);
    nodes.set(id, node);
  }
  return [...nodes.values()].sort((a, b) => (a.slots[0]?.[0] ?? 0) - (b.slots[0]?.[0] ?? 0));
}

export function nodeOfSlot(nodes: readonly ServerNode[], slot: number): ServerNode | undefined {
  return nodes.find((node) => node.slots.some(([from, to]) => slot >= from && slot <= to));
}

/** Replies to a node's `MOVED 3999 host:port` or `ASK …`; the host is empty where the node does not know it. */
export function parseRedirect(message: string): { host: string; port: number } | undefined {
  const match = /^(?:MOVED|ASK) \d+ (.*):(\d+)$/.exec(message);
  return match === null ? undefined : { host: match[1] ?? '', port: Number(match[2]) };
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}
