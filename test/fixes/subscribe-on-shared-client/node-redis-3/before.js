const redis = require('redis');

const client = redis.createClient(process.env.REDIS_URL);
client.on('error', console.error);
client.on('message', (channel, message) => console.log(channel, message));

exports.listen = (done) => {
  client.subscribe('prices', done);
};
exports.last = (sku, done) => {
  client.get(`price:${sku}`, done);
};
exports.stop = () => {
  client.quit();
};
