const redis = require('redis')

const shared = redis.createClient(process.env.REDIS_URL)

exports.visits = function visits(req, res, done) {
  const client = redis.createClient(process.env.REDIS_URL)
  client.on('error', console.error)
  client.incr('visits:' + req.page, function (err, n) {
    client.quit()
    done(err, n)
  })
}

exports.read = function read(req, res, done) {
  shared.get('visits:' + req.page, done)
}
