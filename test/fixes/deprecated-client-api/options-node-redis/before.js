const { createClient } = require('redis')

const port = 6400
const one = createClient({ host: 'redis.internal', port, db: 3, no_ready_check: true })
const two = createClient({
  password: 'x' + port,
  path: '/tmp/redis.sock',
  connect_timeout: 500,
})
const three = createClient(port, 'redis.internal')
const four = createClient({ no_ready_check: true })

exports.where = () => [one, two, three, four].map((client) => [client.options?.socket?.host ?? client.options?.socket?.path ?? null, client.options?.database ?? null])
