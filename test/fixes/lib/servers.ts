/** The servers that cases are executed against: one, and three masters as a cluster where a case asks for it. */
import { Redis } from 'ioredis';
import { freePort, startRedis } from '../../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../../scripts/lib/redis-server.ts';
import type { Address } from './execution.ts';

const debug = ['--enable-debug-command', 'yes'];
const slots = 16_384;
const joinLimitMs = 60_000;

export class TestServers {
  #single: Promise<RunningRedis> | undefined;
  #masters: Promise<RunningRedis[]> | undefined;

  async single(): Promise<Address> {
    this.#single ??= startRedis({ args: debug });
    return address(await this.#single);
  }

  async masters(): Promise<Address[]> {
    this.#masters ??= startMasters();
    return (await this.#masters).map(address);
  }

  async stop(): Promise<void> {
    await (await this.#single)?.stop();
    for (const server of (await this.#masters) ?? []) await server.stop();
  }
}

const address = ({ host, port }: RunningRedis): Address => ({ host, port });

async function startMasters(count = 3): Promise<RunningRedis[]> {
  const servers: { server: RunningRedis; busPort: number }[] = [];
  for (let index = 0; index < count; index++) {
    const busPort = await freePort();
    const args = [...debug, '--cluster-enabled', 'yes', '--cluster-config-file', 'nodes.conf', '--cluster-port', String(busPort), '--cluster-node-timeout', '60000'];
    servers.push({ server: await startRedis({ args }), busPort });
  }
  const clients = servers.map(({ server }) => new Redis(address(server)));
  try {
    for (const [index, client] of clients.entries()) {
      const first = Math.round((slots * index) / count);
      await client.call('CLUSTER', 'ADDSLOTSRANGE', first, Math.round((slots * (index + 1)) / count) - 1);
      // Refused once a node knows another.
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
    }
    for (const [index, client] of clients.entries()) {
      for (const { server, busPort } of servers) if (server !== servers[index]?.server) await client.call('CLUSTER', 'MEET', server.host, server.port, busPort);
    }
    const limit = Date.now() + joinLimitMs;
    for (const client of clients) {
      while (!/cluster_state:ok[\s\S]*cluster_known_nodes:3/.test(String(await client.call('CLUSTER', 'INFO')))) {
        if (Date.now() > limit) throw new Error('the masters did not form a cluster');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  } finally {
    for (const client of clients) client.disconnect();
  }
  return servers.map(({ server }) => server);
}
