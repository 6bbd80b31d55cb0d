const Redis = require('ioredis');

exports.connect = ({ host, port, rejectUnauthorized = false }) => {
  const redis = new Redis({ host, port, tls: { rejectUnauthorized } }); // expect: insecure-tls
  redis.on('error', console.error);
  return redis;
};

exports.connectVerified = ({ host, port, rejectUnauthorized = true }) => {
  const redis = new Redis({ host, port, tls: { rejectUnauthorized } }); // quiet: insecure-tls -- verified unless somebody asks for less
  redis.on('error', console.error);
  return redis;
};
