import { Cluster, Redis } from 'ioredis';

const cluster = new Cluster([{ host: 'localhost', port: 7000 }]);

export async function wipe() {
	// Between two tests.
	// Before it is connected, a cluster knows no nodes.
	await cluster.ping();
	for (const node of cluster.nodes('master')) {
		await node.flushdb('ASYNC');
	}
}

export async function either(client: Redis | Cluster) {
	// Before it is connected, a cluster knows no nodes.
	await client.ping();
	for (const node of 'nodes' in client ? client.nodes('master') : [client]) {
		await node.flushall();
	}
}
