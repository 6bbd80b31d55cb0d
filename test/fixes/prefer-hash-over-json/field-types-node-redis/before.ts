import { createClient } from "redis"
import type { RedisClientType } from "redis"

const client = createClient({url: process.env.REDIS_URL})
await client.connect()

export interface Reading {
	room: string
	celsius: number | null
	humidity?: number
	alarm: boolean
	takenAt: Date
}

class Readings {
	constructor(private readonly client: RedisClientType) {}

	async store(reading: Reading) {
		await this.client.set("reading:" + reading.room, JSON.stringify(reading))
	}

	latest(room: string): Promise<Reading | null> {
		return this.client.get("reading:" + room).then(raw => raw ? JSON.parse(raw) : null)
	}
}

const readings = new Readings(client as unknown as RedisClientType)

export const store = (reading: Reading) => readings.store(reading)
export const latest = (room: string) => readings.latest(room)
