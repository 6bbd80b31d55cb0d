import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL ?? "" })
const ready = client.connect()

export async function states(ids: (string | null)[]) {
	await ready
	const states: string[] = []
	// all of them
	const pending = []
	for (const id of ids) {
		if (!id) continue // not known
		pending.push(client.hGet(`device:${id}`, "state").then((state) => ({ id, state })))
	}
	for (const { id, state } of await Promise.all(pending)) {
		/* the
		   state */
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
	await Promise.all(values.map((value) => client.set(`value:${value}`, value, { EX: 600 })))
}
