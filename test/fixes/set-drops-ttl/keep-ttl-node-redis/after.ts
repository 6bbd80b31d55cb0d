import { createClient } from "redis";

const client = createClient({url: process.env.REDIS_URL})
await client.connect()

export async function open(id: string, text: string) {
	await client.setEx(`draft:${id}`, 300, text)
}

export async function save(id: string, text: string) {
	await client.set(`draft:${id}`, text, {expiration: "KEEPTTL"})
}

export async function saveIfOpen(id: string, text: string) {
	return client.set(`draft:${id}`, text, {expiration: "KEEPTTL", XX: true})
}

export async function saveRaw(id: string, text: string) {
	return client.sendCommand(["SET", `draft:${id}`, text, "KEEPTTL"])
}
