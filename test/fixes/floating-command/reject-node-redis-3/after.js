const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

const load = (key) => new Promise((resolve, reject) => client.get(key, (error, reply) => (error ? reject(error) : resolve(reply))))
const save = (key, value) => new Promise(function (resolve, fail) { client.set(key, value, (error, reply) => (error ? fail(error) : resolve(reply))) })

exports.load = (key) => load(key).then((value) => (value instanceof Error ? 'an error' : value), () => 'rejected')
exports.save = save
