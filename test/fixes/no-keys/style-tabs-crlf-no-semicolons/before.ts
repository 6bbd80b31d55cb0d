import Redis from "iovalkey"

const client = new Redis(process.env.REDIS_URL ?? "")

export async function names() {
	const found = new Map<string, number>()
	/*
	   all of them
	*/
	for (const key of (await client.keys("session:*")).sort()) {
		found.set(key, key.length)
	}
	return [...found]
}

export async function each() {
	const lines: string[] = []
	for (const key of await client.keys(`session:*`)) {
		// a text of two lines
		lines.push(`- ${
			key
		}
  end`)
	}
	return lines
}
