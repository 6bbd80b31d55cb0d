/**
 * Run in a process of its own, as an extension host would: what the click on a database costs until its first keys stand there,
 * described. Prints one line of JSON. Arguments: host, port.
 */
const [, , host = '127.0.0.1', port = '6379'] = process.argv;

function memory(): { heapMb: number; rssMb: number } {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
  return { heapMb: (heapUsed + external + arrayBuffers) / 1_048_576, rssMb: rss / 1_048_576 };
}

async function main(): Promise<void> {
  const before = memory();
  const clicked = performance.now();
  // Loaded only when a connection opens, so it counts.
  const { connect } = await import('../src/server/index.ts');
  const { Keyspace, Namespaces } = await import('../src/keyspace/index.ts');
  const connection = await connect({ host, port: Number(port) });
  const connected = performance.now();
  const keyspace = new Keyspace(connection);
  const namespaces = new Namespaces();
  const databases = await keyspace.databases();
  const page = await keyspace.openPage();
  namespaces.add(page.keys);
  const children = namespaces.children({ limit: 500 });
  const listed = performance.now();
  // What is visible is described: a screen of keys.
  const facts = await keyspace.inspect(page.keys.slice(0, 100));
  const described = performance.now();
  const after = memory();
  const firstPage = { databases: databases.length, keys: page.keys.length, children: children.entries.length, described: facts.length };

  const pageMs: number[] = [];
  let { cursor } = page;
  while (cursor !== undefined) {
    const started = performance.now();
    const next = await keyspace.openPage({ cursor });
    pageMs.push(performance.now() - started);
    namespaces.add(next.keys);
    cursor = next.cursor;
  }
  const kept = namespaces.size;
  const top = namespaces.children().entries.length;
  const all = memory();
  connection.close();
  process.stdout.write(
    `${JSON.stringify({
      loadAndConnectMs: connected - clicked,
      firstPageMs: listed - connected,
      describeMs: described - listed,
      addedHeapMb: after.heapMb - before.heapMb,
      addedRssMb: after.rssMb - before.rssMb,
      firstPage,
      everyPage: { pages: pageMs.length, maxMs: Math.max(0, ...pageMs), kept, notKept: namespaces.notKept, top, addedHeapMb: all.heapMb - before.heapMb },
    })}\n`,
  );
}

void main();
