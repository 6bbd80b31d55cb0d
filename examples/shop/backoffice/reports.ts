import { client } from './redis';

export interface Report {
  orders: number;
  revenue: number;
}

/** Over every order there is; asked for once a month. */
export async function revenue(): Promise<Report> {
  const keys = await client.keys('order:*');
  const report: Report = { orders: 0, revenue: 0 };
  for (const key of keys) {
    const total = await client.hGet(key, 'total');
    if (!total) continue;
    report.orders += 1;
    report.revenue += Number(total);
  }
  return report;
}

export async function expiredDrafts(): Promise<string[]> {
  const reply = await client.sendCommand(['KEYS', 'draft:*']);
  return (reply as unknown as string[]).sort();
}

/** The same walk, in batches: the server stays free for others. */
export async function cancelledOrders(): Promise<string[]> {
  const cancelled = new Set<string>();
  for await (const keys of client.scanIterator({ MATCH: 'order:*', TYPE: 'hash', COUNT: 1000 })) {
    const states = await Promise.all(keys.map((key) => client.hGet(key, 'status')));
    states.forEach((state, index) => {
      const key = keys[index];
      if (state === 'cancelled' && key !== undefined) cancelled.add(key.slice('order:'.length));
    });
  }
  return [...cancelled].sort();
}

/** A page of keys at a time, for the export that the accountants download. */
export async function eachSession(visit: (key: string) => void): Promise<void> {
  let cursor = '0';
  do {
    const page = await client.scan(cursor, { MATCH: 'session:*', COUNT: 500 });
    cursor = page.cursor;
    page.keys.forEach(visit);
  } while (cursor !== '0');
}

export async function visitors(days: string[]): Promise<number> {
  return client.pfCount(days.map((day) => `visitors:${day}`));
}

export async function activeCustomers(day: string): Promise<number> {
  return client.bitCount(`active:${day}`);
}

export async function bestSellers(): Promise<{ value: string; score: number }[]> {
  return client.zRangeWithScores('catalogue:sold', 0, 9, { REV: true });
}
