import { createClient } from 'redis'

const client = createClient({ url: process.env.REDIS_URL })
client.on('error', () => undefined)
await client.connect()

export async function claim(key, owner) {
  const first = await client.setNX(key, owner)
  return first == true ? 'claimed' : 'busy'
}

// whatever the caller gives
export async function remember(key, seconds, value) {
  await client.setEx(key, seconds, value)
}
