'use strict';

const redis = require('./redis');

async function markOnline(userId, socketId, at) {
  const entry = { socketId: String(socketId), status: 'online', at: Number(at) };
  await redis.set('presence:' + userId, JSON.stringify(entry), 'EX', 120);
}

async function statusOf(userId) {
  const raw = await redis.get('presence:' + userId);
  return raw ? JSON.parse(raw).status : 'offline';
}

module.exports = { markOnline, statusOf };
