import { Cluster, Redis } from 'ioredis';

const cluster = new Cluster([{ host: 'localhost', port: 7000 }]);

export async function wipe() {
	// Between two tests.
	await cluster.flushdb('ASYNC');
}

export async function either(client: Redis | Cluster) {
	await client.flushall();
}
