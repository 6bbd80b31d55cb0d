'use strict';

const Redis = require('ioredis');

const sessions = new Redis(process.env.REDIS_URL);

module.exports.login = async function login(req, res) {
	const redis = new Redis(process.env.REDIS_URL);
	const id = await redis.incr("session:id");
	await redis.hset(`session:${id}`, { user: req.user });
	await redis.quit();
	return id;
};

module.exports.user = async (req, res) => sessions.hget(`session:${req.id}`, "user");
