const { hostname, port } = new URL(process.env.REDIS_URL ?? '');

export const socket = { host: hostname, port: Number(port) };
export const database = 2;
