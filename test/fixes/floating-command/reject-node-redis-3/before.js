const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

const load = (key) => new Promise(resolve => client.get(key, resolve))
const save = (key, value) => new Promise(function (resolve, fail) { client.set(key, value, resolve) })

exports.load = (key) => load(key).then((value) => (value instanceof Error ? 'an error' : value), () => 'rejected')
exports.save = save
