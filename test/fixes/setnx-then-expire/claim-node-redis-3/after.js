const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

exports.claim = (id, done) => {
  client.set('claim:' + id, 'me', 'EX', 60, 'NX', (err, reply) => {
    if (err) return done(err)
    if (reply === null) return done(null, false)
    done(null, true)
  })
}
