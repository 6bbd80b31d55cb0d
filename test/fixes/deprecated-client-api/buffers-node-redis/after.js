const { createClient, RESP_TYPES } = require('redis');

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', () => undefined);

exports.open = async () => {
  await client.connect();
};

exports.image = async (id) => {
  const bytes = await client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer }).get(`image:${id}`);
  return bytes.toString('hex');
};

exports.parts = async (id) => {
  const parts = await client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer }).lRange(`parts:${id}`, 0, -1);
  return Buffer.concat(parts).toString('hex');
};
