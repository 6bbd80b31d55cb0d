const redis = require('redis')

const shared = redis.createClient(process.env.REDIS_URL)

exports.visits = function visits(req, res, done) {
  shared.incr('visits:' + req.page, function (err, n) {
    done(err, n)
  })
}

exports.read = function read(req, res, done) {
  shared.get('visits:' + req.page, done)
}
