const { createCluster } = require('redis');

const cluster = createCluster({ rootNodes: [{ url: process.env.REDIS_URL }] });
cluster.on('error', (error) => console.error(error));

exports.size = async () => {
  const size = await cluster.dbSize(); // expect: cluster-keyspace
  return size;
};

exports.sessions = async () => {
  const names = await cluster.keys('session:*'); // expect: cluster-keyspace // quiet: no-keys -- nothing is sent, since the method is not there
  return names;
};

exports.each = async (work) => {
  for await (const name of cluster.scanIterator({ MATCH: 'session:*' })) await work(name); // expect: cluster-keyspace
};

exports.clear = async () => {
  await cluster.flushDb(); // expect: cluster-keyspace // quiet: no-flush -- nothing is sent, since the method is not there
};

exports.sizeOfAll = async () => {
  let total = 0;
  for (const master of cluster.masters) {
    const node = await cluster.nodeClient(master);
    total += await node.dbSize(); // quiet: cluster-keyspace -- each master is asked
  }
  return total;
};
