import type { FastifyInstance } from 'fastify';
import { createClient } from 'redis';
import { redisUrl } from './redis';

interface Campaign {
  code: string;
  subject: string;
  percent: number;
}

async function connected() {
  const client = createClient({ url: redisUrl });
  client.on('error', (error: Error) => console.error('campaigns:', error.message));
  return client.connect();
}

export async function campaigns(app: FastifyInstance): Promise<void> {
  app.post<{ Body: Campaign }>('/campaigns', async (request, reply) => {
    const client = createClient({ url: redisUrl });
    await client.connect();
    try {
      const { code, subject, percent } = request.body;
      await client.hSet(`campaign:${code}`, { subject, percent });
      return reply.code(201).send({ code, subscribers: await client.sCard('newsletter:subscribers') });
    } finally {
      await client.close();
    }
  });

  app.get<{ Params: { code: string } }>('/campaigns/:code', async (request) => {
    const client = await connected();
    const redeemed = await client.sMembers(`promo:redeemed:${request.params.code}`);
    const campaign = await client.hGetAll(`campaign:${request.params.code}`);
    await client.close();
    return { ...campaign, redeemed: redeemed.length };
  });
}
