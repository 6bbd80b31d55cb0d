'use strict';

const redis = require('./redis');

exports.lastSeen = async function lastSeen(userId) {
  const { at, socketId } = JSON.parse((await redis.get(`presence:${userId}`)) || '{}');
  return [at, socketId];
};
