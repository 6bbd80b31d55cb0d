/** Round trips on a cluster: each master announces a proxy's port as its own, so that every client goes through it. */
import type { Redis } from 'ioredis';
import type { Address } from './execution.ts';
import { startProxy } from './round-trip-proxy.ts';
import type { RoundTripProxy } from './round-trip-proxy.ts';

/** Nodes tell each other of it within a second or two; longer on a busy machine. */
const gossipLimitMs = 60_000;

/** @param masters a connection to each of the nodes, in their order */
export async function announceProxies(nodes: readonly Address[], masters: readonly Redis[]): Promise<RoundTripProxy[]> {
  const proxies: RoundTripProxy[] = [];
  for (const [index, node] of nodes.entries()) {
    const proxy = await startProxy(node);
    proxies.push(proxy);
    await masters[index]?.config('SET', 'cluster-announce-port', proxy.port);
  }
  const wanted = proxies.map(({ port }) => port).sort().join();
  const limit = Date.now() + gossipLimitMs;
  for (const master of masters) {
    while (portsKnownTo(await master.call('CLUSTER', 'SLOTS')) !== wanted) {
      if (Date.now() > limit) throw new Error('the masters did not learn of the proxies');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return proxies;
}

function portsKnownTo(slots: unknown): string {
  return (slots as [number, number, [string, number]][]).map(([, , [, port]]) => port).sort().join();
}
