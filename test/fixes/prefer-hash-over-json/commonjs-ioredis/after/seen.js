'use strict';

const redis = require('./redis');
const { readPresence } = require('./presence-hash');

exports.lastSeen = async function lastSeen(userId) {
  const { at, socketId } = (await readPresence(redis, `presence:${userId}`)) ?? {};
  return [at, socketId];
};
