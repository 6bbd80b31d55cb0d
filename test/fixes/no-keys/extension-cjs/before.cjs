const { createClient } = require('redis')

const client = createClient({ url: process.env.REDIS_URL })
client.connect()

module.exports.names = () => client.keys('session:*').then((keys) => keys.reverse())
