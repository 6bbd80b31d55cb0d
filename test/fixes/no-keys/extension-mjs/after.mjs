import { createClient } from 'redis'

const client = await createClient({ url: process.env.REDIS_URL }).connect()

export const names = async () => {
  const found = new Set()
  for await (const batch of client.scanIterator({ MATCH: 'session:*', COUNT: 1000 })) {
    for (const key of batch) found.add(key)
  }
  return [...found]
}
