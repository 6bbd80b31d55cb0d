import { client } from './redis';

export interface Dashboard {
  subscribers: number;
  events: number;
  sold: number;
  days: number;
}

/** The figures on the wall of the office. */
export async function dashboard(): Promise<Dashboard> {
  const subscribers = await client.sCard('newsletter:subscribers');
  const events = await client.xLen('orders:events');
  const sold = await client.zCard('catalogue:sold');
  return { subscribers, events, sold, days: await daysWithSales() };
}

/** Days are keys: `stats:2026:11:20:sales`. */
async function daysWithSales(): Promise<number> {
  const days: string[] = [];
  for await (const keys of client.scanIterator({ MATCH: 'stats:*:sales', COUNT: 500 })) {
    days.push(...keys);
  }
  return days.length;
}
