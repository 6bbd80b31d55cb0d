import { createClient } from 'redis';
import express from 'express';

interface Source {
  host: string;
  port: number;
  password?: string;
}

declare function sourceOf(id: string): Promise<Source>;

async function reaches(source: Source) {
  const client = createClient({ socket: { host: source.host, port: source.port }, password: source.password }); // quiet: no-client-per-request -- tries the server that it is told
  try {
    await client.connect();
    await client.ping();
    return true;
  } catch {
    return false;
  } finally {
    if (client.isOpen) await client.disconnect();
  }
}

async function isHealthy() {
  const client = createClient({ url: process.env.REDIS_URL }); // expect: no-client-per-request
  try {
    await client.connect();
    await client.ping();
    return true;
  } catch {
    return false;
  } finally {
    if (client.isOpen) await client.disconnect();
  }
}

const app = express();
app.post('/sources/:id/test', async (req, res) => res.json(await reaches(await sourceOf(req.params.id))));
app.get('/health', async (_req, res) => res.json(await isHealthy()));
