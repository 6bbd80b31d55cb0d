import { createClient } from 'redis'

const client = createClient({ url: process.env.REDIS_URL })
client.on('error', () => undefined)
await client.connect()

export async function claim(key, owner) {
  const first = await client.set(key, owner, { NX: true })
  return first == 'OK' ? 'claimed' : 'busy'
}

// whatever the caller gives
export async function remember(key, seconds, value) {
  await client.set(key, value, { EX: seconds })
}
