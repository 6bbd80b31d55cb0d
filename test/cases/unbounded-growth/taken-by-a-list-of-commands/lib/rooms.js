const Redis = require('ioredis');
const redis = new Redis();
redis.on('error', console.error);

exports.join = (room, id) => redis.sadd(`room:${room}:members`, id); // quiet: unbounded-growth -- taken out below
exports.note = (room, text) => redis.rpush(`room:${room}:notes`, text); // expect: unbounded-growth

exports.leave = async (rooms, id) => {
  const commands = [];
  for (const room of rooms) {
    commands.push(['srem', `room:${room}:members`, id]);
  }
  const replies = await redis.multi(commands).exec();
  for (const [error] of replies) if (error) throw error;
};
