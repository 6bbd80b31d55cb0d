import Redis from "ioredis"

const redis = new Redis(process.env.REDIS_URL ?? "")

export async function states(ids: (string | null)[]) {
	const states: string[] = []
	// all of them
	for (const id of ids) {
		if (!id) continue // not known

		/* the
		   state */
		const state = await redis.hget(`device:${id}`, "state")
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
	for (const value of values) await redis.set(`value:${value}`, value, "EX", 600)
}
