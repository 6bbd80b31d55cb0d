import Redis from "ioredis"

const redis = new Redis(process.env.REDIS_URL ?? "")

export async function states(ids: (string | null)[]) {
	const states: string[] = []
	// all of them
	const pipeline = redis.pipeline()
	const queued = []
	for (const id of ids) {
		if (!id) continue // not known
		pipeline.hget(`device:${id}`, "state")
		queued.push(id)
	}
	const replies = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
		if (error) throw error
		return reply
	})
	for (const [index, id] of queued.entries()) {
		/* the
		   state */
		const state = replies[index] as string | null
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
	const pipeline = redis.pipeline()
	for (const value of values) pipeline.set(`value:${value}`, value, "EX", 600)
	for (const [error] of (await pipeline.exec()) ?? []) {
		if (error) throw error
	}
}
