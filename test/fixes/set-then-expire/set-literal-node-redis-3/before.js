const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

exports.remember = (id, name) => {
  client.set('name:' + id, name)
  client.expire('name:' + id, 600)
}

exports.seen = (done) => client.get('name:a', done)
