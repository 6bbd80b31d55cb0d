const { createClient } = require('redis');

const client = createClient(process.env.REDIS_URL);

exports.total = (done) => client.dbsize((err, keyCount) => done(err, err ? 0 : keyCount));
