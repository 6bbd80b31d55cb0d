const Redis = require('ioredis');

const cluster = new Redis.Cluster([{ host: 'localhost', port: 7000 }]);
cluster.on('error', console.error);

exports.post = (channel, message) =>
  cluster.xadd([`channel:${channel}`, 'MAXLEN', '~', 1000, '*', 'message', message]); // quiet: cross-slot, unbounded-growth, key-naming -- one key, and a cap

exports.due = (queue, now) =>
  cluster.zrangebyscore([`due:${queue}`, '-inf', now, 'LIMIT', '0', '1']); // quiet: cross-slot, unbounded-read -- one key, one member

exports.remember = (id, name) =>
  cluster.set([`session:${id}`, name, 'EX', 60]); // quiet: cross-slot, missing-ttl -- one key, and its TTL

exports.forget = (user, org) =>
  cluster.del([`user:${user}`, `org:${org}`]); // expect: cross-slot

exports.both = async (user, org) => {
  await cluster.mset([`user:${user}`, 1, `org:${org}`, 1]); // expect: cross-slot
};

exports.log = (line) =>
  cluster.xadd(['log', '*', 'line', line]); // expect: unbounded-growth // quiet: cross-slot -- one key
