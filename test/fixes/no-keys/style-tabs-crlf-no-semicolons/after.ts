import Redis from "iovalkey"

const client = new Redis(process.env.REDIS_URL ?? "")

export async function names() {
	const found = new Map<string, number>()
	/*
	   all of them
	*/
	const foundKeys = new Set<string>()
	for await (const batch of client.scanStream({ match: "session:*", count: 1000 })) {
		for (const key of batch as string[]) foundKeys.add(key)
	}
	for (const key of [...foundKeys].sort()) {
		found.set(key, key.length)
	}
	return [...found]
}

export async function each() {
	const lines: string[] = []
	// SCAN may give a key twice.
	const seen = new Set<string>()
	for await (const batch of client.scanStream({ match: `session:*`, count: 1000 })) {
		for (const key of batch as string[]) {
			if (seen.has(key)) continue
			seen.add(key)
			// a text of two lines
			lines.push(`- ${
				key
			}
  end`)
		}
	}
	return lines
}
