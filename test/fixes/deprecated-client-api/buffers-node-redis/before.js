const { commandOptions, createClient } = require('redis');

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', () => undefined);

exports.open = async () => {
  await client.connect();
};

exports.image = async (id) => {
  const bytes = await client.get(commandOptions({ returnBuffers: true }), `image:${id}`);
  return bytes.toString('hex');
};

exports.parts = async (id) => {
  const parts = await client.lRange(commandOptions({ returnBuffers: true }), `parts:${id}`, 0, -1);
  return Buffer.concat(parts).toString('hex');
};
