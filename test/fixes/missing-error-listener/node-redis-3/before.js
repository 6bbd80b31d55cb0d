const { createClient } = require('redis');

const client = createClient(process.env.REDIS_URL);

exports.save = (id, done) => client.set(`user:${id}`, id, done);
exports.read = (id, done) => client.get(`user:${id}`, done);
