export const connection = { host: 'redis.internal', port: 6379, keyPrefix: 'shop:' };
export const plain = { host: 'redis.internal', port: 6379 };
