import { client, ready } from './redis';

const blockingClient = client.duplicate().on('error', (error) => console.error(error));
client.once('end', () => {
  if (blockingClient.isOpen) void blockingClient.disconnect();
});
export { stop } from './shutdown';

export async function push(job: string) {
  await ready;
  return await client.rPush('jobs', job);
}

export async function next() {
  await ready;
  if (!blockingClient.isOpen) await blockingClient.connect();
  const popped = await blockingClient.blPop('jobs', 1);
  return popped?.element;
}
