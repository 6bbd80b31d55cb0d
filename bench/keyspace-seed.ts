/** A keyspace of mixed keys as applications have them, written straight to the socket: a million in some ten seconds. */
import { connect } from 'node:net';
import { once } from 'node:events';

/** The n-th key's commands; of 100 keys 60 are strings, 20 hashes, 8 lists, 6 sets, 5 sorted sets, 1 a stream. A third have a TTL. */
export function commandsOf(n: number): string[][] {
  const kind = n % 100;
  const id = (n * 2_654_435_761) % 4_294_967_296; // scattered, each once: the factor is odd
  const hex = id.toString(16).padStart(8, '0');
  const commands: string[][] = [];
  let key: string;
  if (kind < 25) commands.push(['SET', (key = `session:${hex}`), `{"user":${id % 50_000},"csrf":"${hex.repeat(4)}","seen":${id}}`]);
  else if (kind < 45) commands.push(['SET', (key = `cache:product:${id}:html`), 'p'.repeat(100 + (id % 900))]);
  else if (kind < 60) commands.push(['SET', (key = `counter:${id % 40}:${hex}`), String(id)]);
  else if (kind < 80) commands.push(['HSET', (key = `user:${id}`), 'name', `user ${hex}`, 'mail', `${hex}@example.com`, 'visits', String(id % 100), ...(id % 50 === 0 ? ['bio', 'b'.repeat(300)] : [])]);
  else if (kind < 88) commands.push(['RPUSH', (key = `feed:${id}`), ...Array.from({ length: 1 + (id % 30) }, (_, at) => `post:${id + at}`)]);
  else if (kind < 94) commands.push(['SADD', (key = `tags:${id}`), ...Array.from({ length: 1 + (id % 20) }, (_, at) => (id % 2 === 0 ? String(at) : `tag-${at}`))]);
  else if (kind < 99) commands.push(['ZADD', (key = `rank:${id}`), ...Array.from({ length: 1 + (id % 40) }, (_, at) => [String(at * 1.5), `player:${at}`]).flat()]);
  else commands.push(['XADD', (key = `events:${id}`), '*', 'kind', 'click', 'at', hex], ['XADD', key, '*', 'kind', 'buy', 'at', hex]);
  if (n % 3 === 0) commands.push(['EXPIRE', key, String(3_600 + (id % 86_400))]);
  return commands;
}

/** Resolves when the server has taken all of them. Rejects with the server's error. */
export async function seed(host: string, port: number, keys: number): Promise<void> {
  const socket = connect(port, host);
  await once(socket, 'connect');
  let tail = '\n';
  const finished = new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.on('data', (chunk) => {
      const text = tail + chunk.toString('latin1');
      // Behind a line's end alone: what is left of the last piece may begin with the `-` of a stream's id.
      const error = /\n-[^\r]*/.exec(text);
      if (error !== null) reject(new Error(error[0].trim()));
      if (text.includes('seeded')) resolve();
      tail = text.slice(-16);
    });
  });
  for (let n = 0; n < keys; ) {
    let batch = '';
    for (const end = Math.min(keys, n + 2_000); n < end; n++) {
      for (const words of commandsOf(n)) batch += `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
    }
    if (!socket.write(batch, 'latin1')) await Promise.race([once(socket, 'drain'), finished]);
  }
  socket.write('*2\r\n$4\r\nECHO\r\n$6\r\nseeded\r\n');
  await finished;
  socket.destroy();
}
