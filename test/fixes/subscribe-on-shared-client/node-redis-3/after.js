const redis = require('redis');

const client = redis.createClient(process.env.REDIS_URL);
const subscriber = client.duplicate().on('error', (error) => console.error(error));
client.on('error', console.error);
subscriber.on('message', (channel, message) => console.log(channel, message));

exports.listen = (done) => {
  subscriber.subscribe('prices', done);
};
exports.last = (sku, done) => {
  client.get(`price:${sku}`, done);
};
exports.stop = () => {
  client.quit();
  subscriber.end(true);
};
