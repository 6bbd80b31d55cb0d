'use strict'
const redis = require('redis')
const client = redis.createClient(process.env.REDIS_URL)

function memberCount(room, done) {
  client.scard(`room:${room}`, (err, membersCount) => {
    done(err, err ? 0 : membersCount)
  })
}

function fieldCount(id, done) {
  client.hlen('cart:' + id, function (err, fieldsCount) {
    if (err) return done(err)
    done(null, fieldsCount)
  })
}

module.exports = { memberCount, fieldCount }
