const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

exports.claim = (id, done) => {
  client.setnx('claim:' + id, 'me', (err, reply) => {
    if (err) return done(err)
    if (reply === 0) return done(null, false)
    client.expire('claim:' + id, 60)
    done(null, true)
  })
}
