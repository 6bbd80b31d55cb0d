import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL ?? "" })
const ready = client.connect()

export async function states(ids: (string | null)[]) {
	await ready
	const states: string[] = []
	// all of them
	for (const id of ids) {
		if (!id) continue // not known

		/* the
		   state */
		const state = await client.hGet(`device:${id}`, "state")
		if (state) {
			states.push(
				`${id}
	is ${state}`,
			)
		}
		// done
	}
	return states
}

export async function store(values: string[]) {
	await ready
	for (const value of values) await client.set(`value:${value}`, value, { EX: 600 })
}
