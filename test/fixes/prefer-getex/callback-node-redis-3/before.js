const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

exports.session = (id, done) => {
  client.get('session:' + id, (err, text) => {
    if (err) return done(err)
    client.expire('session:' + id, 1800)
    done(null, text)
  })
}
