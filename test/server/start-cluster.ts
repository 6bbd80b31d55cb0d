/** A cluster of three masters for one test file: slots are handed out and nodes introduced directly, which takes a second, not redis-cli's five. */
import { Redis } from 'ioredis';
import { freePort, startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';

export interface RunningCluster {
  nodes: RunningRedis[];
  /** One independent client per node, in the order of `nodes`. */
  clients: Redis[];
  stop(): Promise<void>;
}

const SLOTS = 16_384;

export async function startCluster(args: string[] = []): Promise<RunningCluster> {
  const nodes: RunningRedis[] = [];
  for (let n = 0; n < 3; n++) {
    // The bus listens on port + 10000, which must be a port, too.
    let port = await freePort();
    while (port > 55_000) port = await freePort();
    nodes.push(await startRedis({ port, args: ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000', ...args] }));
  }
  const clients = nodes.map(({ host, port }) => new Redis(port, host, { protocol: 2 }));
  for (const [n, client] of clients.entries()) {
    await client.call('CLUSTER', 'ADDSLOTSRANGE', Math.ceil((SLOTS / 3) * n), Math.ceil((SLOTS / 3) * (n + 1)) - 1);
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', n + 1);
  }
  for (const { host, port } of nodes.slice(1)) await clients[0]?.call('CLUSTER', 'MEET', host, port);
  const deadline = Date.now() + 20_000;
  for (const client of clients) {
    while (!/cluster_state:ok[\s\S]*cluster_known_nodes:3/.test(String(await client.call('CLUSTER', 'INFO')))) {
      if (Date.now() > deadline) throw new Error(`the cluster did not form:\n${String(await client.call('CLUSTER', 'INFO'))}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return {
    nodes,
    clients,
    async stop() {
      for (const client of clients) client.disconnect();
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}
