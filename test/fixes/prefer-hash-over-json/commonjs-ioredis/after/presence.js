'use strict';

const redis = require('./redis');
const { writePresence, readPresence } = require('./presence-hash');

async function markOnline(userId, socketId, at) {
  const entry = { socketId: String(socketId), status: 'online', at: Number(at) };
  await writePresence(redis, 'presence:' + userId, entry, 120);
}

async function statusOf(userId) {
  const presence = await readPresence(redis, 'presence:' + userId);
  return presence ? presence.status : 'offline';
}

module.exports = { markOnline, statusOf };
