import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
client.on("error", console.error)
await client.connect()

export async function sessions() {
  const found = new Set()
  let cursor = 0
  do {
    const reply = await client.scan(String(cursor), { MATCH: "session:*", COUNT: 1000 })
    reply.keys.forEach((key) => found.add(key))
    cursor = Number(reply.cursor)
  } while (cursor)
  return [...found].sort()
}

export async function fields() {
  const found = []
  let cursor = "0"
  do {
    const { cursor: next, entries } = await client.hScan("device", String(cursor))
    cursor = Number.parseInt(next)
    found.push(...entries)
  } while (cursor != 0)
  return found
}
