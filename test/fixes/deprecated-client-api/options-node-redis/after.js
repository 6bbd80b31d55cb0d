const { createClient } = require('redis')

const port = 6400
const one = createClient({ socket: { host: 'redis.internal', port }, database: 3 })
const two = createClient({
  password: 'x' + port,
  socket: { path: '/tmp/redis.sock', connectTimeout: 500 },
})
const three = createClient({ socket: { host: 'redis.internal', port } })
const four = createClient()

exports.where = () => [one, two, three, four].map((client) => [client.options?.socket?.host ?? client.options?.socket?.path ?? null, client.options?.database ?? null])
