import Redis from 'ioredis';

const redis = new Redis();

export function countByPattern(match: string): Promise<number> {
  return new Promise((resolve, reject) => {
    redis
      .scanStream({ match }) // expect: scan-misuse
      .on('data', (keys: string[]) => resolve(keys.length))
      .on('error', reject);
  });
}

export function keysByPattern(match: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const all = new Set<string>();
    redis
      .scanStream({ match }) // quiet: scan-misuse -- all batches
      .on('data', (keys: string[]) => keys.forEach((key) => all.add(key)))
      .on('end', () => resolve([...all]))
      .on('error', reject);
  });
}
