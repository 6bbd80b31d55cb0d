const { createClient } = require('redis');

const client = createClient({ url: process.env.REDIS_URL });
const subscriber = client.duplicate();
for (const one of [client, subscriber]) one.on('error', () => undefined);

exports.listen = async (channel, ...messages) => {
  await client.connect();
  await subscriber.connect();
  const heard = [];
  // Each with where it came from.
  await subscriber.subscribe(channel, (message, from) => {
    heard.push(`${from}: ${message}`);
  });

  for (const message of messages) await client.publish(channel, message);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await subscriber.unsubscribe(channel);
  return heard;
};
