import { client } from './redis';

const DRAFT_SECONDS = 1800;

export interface Order {
  id: string;
  status: string;
  total: number;
}

export async function ordersOfDay(day: string): Promise<Order[]> {
  const ids = await client.zRange(`orders:by-day:${day}`, 0, -1);
  const orders: Order[] = [];
  for (const id of ids) {
    try {
      const fields = await client.hGetAll(`order:${id}`);
      orders.push({ id, status: fields.status ?? 'unknown', total: Number(fields.total ?? 0) });
    } catch (error) {
      console.error(`order ${id} cannot be read:`, error);
    }
  }
  return orders;
}

export async function waitingOrders(): Promise<number> {
  const waiting = await client.lRange('orders:queue', 0, -1);
  return waiting.length;
}

export async function hasOrders(customer: string): Promise<boolean> {
  return (await client.zRange(`customer:${customer}:orders`, 0, -1)).length > 0;
}

export async function latestOrders(customer: string): Promise<string[]> {
  return client.zRange(`customer:${customer}:orders`, 0, 4, { REV: true });
}

/** An order taken by telephone, kept until the customer calls back. */
export async function saveDraft(id: string, clerk: string, total: number): Promise<void> {
  await client.hSet(`draft:${id}`, { clerk, total, status: 'draft' });
  await client.expire(`draft:${id}`, DRAFT_SECONDS);
}

export async function setOrderNote(id: string, note: string): Promise<void> {
  await client.set(`note:${id}`, note);
  await client.expire(`note:${id}`, 86400);
}

/** Status and index together, so that nobody sees one without the other. */
export async function cancel(id: string, day: string): Promise<void> {
  await client.multi().hSet(`order:${id}`, 'status', 'cancelled').zRem(`orders:by-day:${day}`, id).exec();
}

/** The newest events of the shop. */
export async function recentEvents(count: number): Promise<{ id: string; type: string }[]> {
  const events = await client.xRevRange('orders:events', '+', '-', { COUNT: count });
  return (events ?? []).map(({ id, message }) => ({ id, type: message.type ?? 'unknown' }));
}
