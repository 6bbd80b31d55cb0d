const redis = require('redis');

const client = redis.createClient(process.env.REDIS_URL);

exports.sendOtp = (phone, code, done) => client.set(`otp:${phone}`, code, done);
exports.sendOnce = (phone, code, done) => {
  client.set('otp:once:' + phone, code, 'NX', done);
};
