const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

exports.remember = (key, value, done) => client.set(key, value, 'EX', 60, done)

exports.swap = (key, value, done) => {
  client.set(key + ':nx', value, 'NX')
  client.hset(key + ':h', 'a', 1, 'b', 2)
  client.set(key, value, 'GET', done)
}

exports.board = (key, done) => client.zrange(key, 0, -1, 'REV', 'WITHSCORES', done)
