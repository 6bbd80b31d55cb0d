export const settings = { url: process.env['REDIS_URL'] ?? 'redis://localhost:6379', prefix: 'session:' };
