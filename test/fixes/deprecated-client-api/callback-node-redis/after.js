const { createClient } = require('redis');

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', () => undefined);
client.connect();

const read = function (key, done) {
  client.get(key).then((value) => done(null, value), (err) => done(err));
};

const count = (key, cb) => client.incr(key).then((reply) => cb(null, reply), cb);

const size = (key) =>
  new Promise((resolve, reject) => {
    client.lRange(key, 0, -1).then((items) => resolve(items.length), (err) => reject(err));
  });

const visit = function(name, callback) {
  client.hGet('visits', name).then(function (seen) {
    // Nobody has come yet.
    if (seen === null) {
      client.hSet('visits', name, '1').then(() => {
        callback(null, 'first');
      }, (err) => {
        callback(err);
      });
      return;
    }

    callback(null, seen);
  }, function (err) {
    return callback(err);
  });
};

const store = (key, value) =>
  new Promise((resolve, reject) => {
    client.set(key, value).then(() => {
      client.del('old').catch((failed) => {
        console.error(failed);
      });
      resolve('stored');
    }, (err) => {
      reject(err);
      return;
    });
  });

const type = (key, callback) => {
  client.type(key).then((type) => {
    callback(null, type);
  }, () => {});
};

const functions = { read, count, visit, type };
const late = (resolve) => setTimeout(resolve, 200, 'no answer');

exports.ask = (name, key) =>
  new Promise((resolve) => {
    functions[name](key, (err, value) => resolve([err?.message ?? null, value ?? null]));
    late(resolve);
  });
exports.size = (key) => Promise.race([size(key).catch(({ message }) => message), new Promise(late)]);
exports.store = (key, value) => Promise.race([store(key, value), new Promise(late)]);
