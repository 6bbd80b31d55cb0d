const redis = require('redis');

const client = redis.createClient(process.env.REDIS_URL);

exports.sendOtp = (phone, code, done) => client.set(`otp:${phone}`, code, 'EX', 300, done);
exports.sendOnce = (phone, code, done) => {
  client.set('otp:once:' + phone, code, 'EX', 300, 'NX', done);
};
