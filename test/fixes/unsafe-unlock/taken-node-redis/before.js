const { createClient } = require("redis")

const RELEASE = `
if redis.call("get", KEYS[1]) == ARGV[1] then
	return redis.call("del", KEYS[1])
end
return 0`
const client = createClient({ url: process.env.REDIS_URL })
client.on("error", (err) => console.error(err))
const connected = client.connect()

exports.exclusive = async (name, token) => {
	await connected
	const taken = await client.set("mutex:" + name, token, { NX: true, PX: 10000 })
	if (taken === null) return false
	try {
		await client.incr("runs")
	} finally {
		await client.del("mutex:" + name)
	}
	return true
}

exports.safe = (name, token) => client.eval(RELEASE, { keys: ["mutex:" + name], arguments: [token] })
