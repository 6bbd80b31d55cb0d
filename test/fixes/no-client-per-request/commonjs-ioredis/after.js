'use strict';

const Redis = require('ioredis');

const sessions = new Redis(process.env.REDIS_URL);

module.exports.login = async function login(req, res) {
	const id = await sessions.incr("session:id");
	await sessions.hset(`session:${id}`, { user: req.user });
	return id;
};

module.exports.user = async (req, res) => sessions.hget(`session:${req.id}`, "user");
