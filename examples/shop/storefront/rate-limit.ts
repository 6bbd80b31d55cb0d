import type { NextFunction, Request, Response } from 'express';
import { redis } from './redis';

const WINDOW_SECONDS = 60;

/** A fixed window per client address. */
export function rateLimit(limit: number) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const window = Math.floor(Date.now() / 1000 / WINDOW_SECONDS);
    const key = `ratelimit:${req.ip}:${window}`;
    const hits = await redis.incr(key);
    if (hits === 1) await redis.expire(key, WINDOW_SECONDS);
    if (hits > limit) {
      res.status(429).json({ error: 'slow down, please' });
      return;
    }
    next();
  };
}
