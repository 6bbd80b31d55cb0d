'use strict'
const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

function memberCount(room, done) {
  client.scard(`room:${room}`, (err, count) => {
    done(err, err ? 0 : count)
  })
}

function fieldCount(id, done) {
  client.hlen('cart:' + id, function (err, count) {
    if (err) return done(err)
    done(null, count)
  })
}

module.exports = { memberCount, fieldCount }
