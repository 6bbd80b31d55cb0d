'use strict'
const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

function memberCount(room, done) {
  client.smembers(`room:${room}`, (err, members) => {
    done(err, err ? 0 : members.length)
  })
}

function fieldCount(id, done) {
  client.hkeys('cart:' + id, function (err, fields) {
    if (err) return done(err)
    done(null, fields.length)
  })
}

module.exports = { memberCount, fieldCount }
