import fastify from 'fastify';
import { campaigns } from './campaigns';
import { changeEmail, customersNear, findCustomer, mergeCustomers, saveAddresses, saveCustomer } from './customers';
import type { Customer } from './customers';
import { dashboard } from './dashboard';
import { cancel, hasOrders, latestOrders, ordersOfDay, recentEvents, saveDraft, setOrderNote, waitingOrders } from './orders';
import { activeCustomers, bestSellers, cancelledOrders, eachSession, expiredDrafts, revenue, visitors } from './reports';
import { indexWord } from './search';
import { confirmed, lowStock, receiveDelivery, reserve, stockLevels } from './stock';

export const app = fastify();

app.register(campaigns);

app.get<{ Querystring: { skus?: string } }>('/stock', async (request) => {
  const skus = (request.query.skus ?? '').split(',').filter((sku) => sku !== '');
  return { levels: await stockLevels(skus), low: await lowStock(skus, 5) };
});

app.post<{ Body: { note: string; lines: Record<string, number> } }>('/deliveries', async (request, reply) => {
  await receiveDelivery(request.body.lines);
  return reply.code(201).send({ confirmed: await confirmed(request.body.note) });
});

app.post<{ Params: { sku: string }; Body: { quantity: number } }>('/stock/:sku/reserve', async (request, reply) => {
  const left = await reserve(request.params.sku, request.body.quantity);
  return left === undefined ? reply.code(409).send({ error: 'not enough in stock' }) : { left };
});

app.get<{ Querystring: { day: string } }>('/orders', async (request) => {
  return { waiting: await waitingOrders(), orders: await ordersOfDay(request.query.day), events: await recentEvents(10) };
});

app.post<{ Params: { id: string }; Body: { clerk: string; total: number; note?: string } }>('/drafts/:id', async (request, reply) => {
  await saveDraft(request.params.id, request.body.clerk, request.body.total);
  if (request.body.note !== undefined) await setOrderNote(request.params.id, request.body.note);
  return reply.code(201).send({ drafts: await expiredDrafts() });
});

app.delete<{ Params: { id: string }; Querystring: { day: string } }>('/orders/:id', async (request, reply) => {
  await cancel(request.params.id, request.query.day);
  return reply.code(204).send();
});

app.put<{ Params: { id: string }; Body: Customer & { addresses?: string[] } }>('/customers/:id', async (request) => {
  const { addresses, ...customer } = request.body;
  await saveCustomer({ ...customer, id: request.params.id });
  if (addresses !== undefined) await saveAddresses(request.params.id, addresses);
  return findCustomer(request.params.id);
});

app.get<{ Params: { id: string } }>('/customers/:id', async (request, reply) => {
  const customer = await findCustomer(request.params.id);
  if (customer === null) return reply.code(404).send({ error: 'no such customer' });
  return { ...customer, hasOrders: await hasOrders(customer.id), latest: await latestOrders(customer.id) };
});

app.patch<{ Params: { id: string }; Body: { email: string } }>('/customers/:id', async (request, reply) => {
  return reply.code((await changeEmail(request.params.id, request.body.email)) ? 204 : 404).send();
});

app.post<{ Body: { from: string[]; into: string } }>('/customers/merge', async (request, reply) => {
  await mergeCustomers(request.body.from, request.body.into);
  return reply.code(204).send();
});

app.get<{ Querystring: { lon: string; lat: string } }>('/customers/near', async (request) => {
  return customersNear(Number(request.query.lon), Number(request.query.lat), 50);
});

app.get<{ Querystring: { day: string } }>('/reports', async (request) => {
  let sessions = 0;
  await eachSession(() => sessions++);
  const { day } = request.query;
  return {
    ...(await revenue()),
    sessions,
    cancelled: await cancelledOrders(),
    visitors: await visitors([day]),
    active: await activeCustomers(day),
    bestSellers: await bestSellers(),
  };
});

app.get('/dashboard', async () => dashboard());

app.put<{ Params: { word: string }; Body: { skus: string[] } }>('/search/:word', async (request, reply) => {
  await indexWord(request.params.word, request.body.skus);
  return reply.code(204).send();
});
