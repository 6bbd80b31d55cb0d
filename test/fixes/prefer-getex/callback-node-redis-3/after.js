const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

exports.session = (id, done) => {
  client.getex('session:' + id, 'EX', 1800, (err, text) => {
    if (err) return done(err)
    done(null, text)
  })
}
