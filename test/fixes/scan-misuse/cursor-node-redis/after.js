import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
client.on("error", console.error)
await client.connect()

export async function sessions() {
  const found = new Set()
  let cursor = "0"
  do {
    const reply = await client.scan(cursor, { MATCH: "session:*", COUNT: 1000 })
    reply.keys.forEach((key) => found.add(key))
    cursor = reply.cursor
  } while (cursor !== "0")
  return [...found].sort()
}

export async function fields() {
  const found = []
  let cursor = "0"
  do {
    const { cursor: next, entries } = await client.hScan("device", cursor)
    cursor = next
    found.push(...entries)
  } while (cursor != "0")
  return found
}
