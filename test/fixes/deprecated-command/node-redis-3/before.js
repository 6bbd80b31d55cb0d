const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

exports.remember = (key, value, done) => client.setex(key, 60, value, done)

exports.swap = (key, value, done) => {
  client.setnx(key + ':nx', value)
  client.hmset(key + ':h', 'a', 1, 'b', 2)
  client.getset(key, value, done)
}

exports.board = (key, done) => client.zrevrange(key, 0, -1, 'WITHSCORES', done)
