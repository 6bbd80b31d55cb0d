/** Loops that the fixes of `no-command-in-loop` leave alone, and details of style; what they do to others is executed (test/fixes/no-command-in-loop). */
import { afterAll, describe, expect, it } from 'vitest';
import { FixTester, withClient, type LibraryName } from './batch-loop-fix.ts';

const tester = new FixTester();
afterAll(() => tester.close());

const offered = (library: LibraryName, body: string, parameters?: string): string[] => [...tester.fixes(library, withClient(library, body, parameters)).keys()];

describe('not offered', () => {
  it.each<[string, LibraryName, string, string?]>([
    ['a read, changed and written back', 'ioredis', 'for (const id of ids) { const n = await redis.get(`n:${id}`); await redis.set(`n:${id}`, Number(n) + 1); }'],
    ['a read and a write of one key, of a list that may hold it twice', 'ioredis', 'for (const id of ids) { if ((await redis.ttl(id)) === -1) await redis.expire(id, 60); }'],
    ['a read and a write of a key that several items share', 'ioredis', 'for (const user of users) { if ((await redis.ttl(user.team)) === -1) await redis.expire(user.team, 60); }', 'users: Set<{ team: string }>'],
    ['a write that a later command needs', 'ioredis', "for (const id of ids) { const n = await redis.incr('seq'); await redis.set(`x:${id}`, n); }"],
    ['a marker written before something else is waited for', 'ioredis', 'for (const id of ids) { await redis.set(`state:${id}`, 1); await send(id); }', 'ids: string[], send: (id: string) => Promise<void>'],
    ['something waited for before the command', 'node-redis', 'for (const id of ids) { const text = await load(id); await redis.set(`page:${id}`, text); }', 'ids: string[], load: (id: string) => Promise<string>'],
    ['a processed entry removed afterwards', 'ioredis', 'for (const id of ids) { const job = await redis.get(`job:${id}`); run(job); await redis.del(`job:${id}`); }', 'ids: string[], run: (job: string | null) => void'],
    ['a return before the command', 'ioredis', 'for (const id of ids) { if (!id) return; await redis.del(`a:${id}`); }'],
    ['a throw between writes', 'ioredis', "for (const id of ids) { if (!id) throw new Error('no id'); await redis.hset(`a:${id}`, 'x', 1); }"],
    ['state that the next command reads', 'ioredis', "let last = ''; for (const id of ids) { await redis.hset(`a:${id}`, 'last', last); const x = await redis.get(`b:${id}`); last = id + x; }"],
    ['a transaction of its own', 'ioredis', 'for (const id of ids) { await redis.multi().del(id).exec(); await redis.sadd(`x:${id}`, 1); }'],
    ['two commands where the first may fail', 'ioredis', 'for (const id of ids) { try { await redis.incr(id); await redis.del(`x:${id}`); } catch { continue; } }'],
    ['writes over a pool, whose order could change', 'node-redis', "for (const id of ids) { await pool.hSet('last', 'id', id); }"],
    ['forEach in a function that does not wait and gives something back', 'ioredis', '}\nexport function plain(ids: string[]) { ids.forEach(async (id) => { await redis.incr(id); }); return ids;'],
    ['forEach before something else, in a function that does not wait', 'ioredis', '}\nexport function plain(ids: string[]) { ids.forEach(async (id) => { await redis.incr(id); }); ids.push("x");'],
    ['forEach in a function that throws, and does not wait', 'ioredis', '}\nexport function plain(ids: string[]) { if (!ids[0]) throw new Error(); ids.forEach(async (id) => { await redis.incr(id); });'],
    ['forEach in a callback, whose caller is not known', 'ioredis', 'ids.map(() => { ids.forEach(async (id) => { await redis.incr(id); }); });'],
    ['forEach of a Set', 'ioredis', 'ids.forEach(async (id) => { await redis.incr(id); });', 'ids: Set<string>'],
    ['a drain', 'node-redis', "for (;;) { const one = await redis.sPop('raffle'); if (one === null) break; ids.push(one); }"],
    ['a helper that waits for something else', 'ioredis', 'for (const id of ids) { await store(id); }\n}\nasync function store(id: string) { await redis.set(id, 1); await new Promise<void>((resolve) => setImmediate(resolve));'],
    ['a helper that keeps state', 'ioredis', 'for (const id of ids) { await store(id); }\n}\nlet stored = 0;\nasync function store(id: string) { await redis.set(id, stored++);'],
  ])('%s', (_, library, body, parameters) => {
    expect(offered(library, body, parameters)).toEqual([]);
  });
});

describe('forEach', () => {
  const after = (text: string, extension?: string): string | undefined => tester.fixes('ioredis', text, extension).get('promise-all');

  it('of a parameter that JavaScript does not type', () => {
    const text = "const Redis = require('ioredis');\nconst redis = new Redis();\nasync function keep(ids) {\n  ids.forEach(async (id) => { await redis.expire(id, 60) })\n}\n";
    expect(after(text, 'js')).toContain('  await Promise.all(ids.map(async (id) => { await redis.expire(id, 60) }))\n');
  });

  it('in a function that does not wait makes it async, and its callers wait where they can', () => {
    const text = withClient('ioredis', '  plain(ids);\n  for (const id of ids) plain([id]);\n}\nexport const plain = (ids: string[]): void => {\n  ids.forEach(async (id) => { await redis.expire(id, 60) });');
    expect(after(text)).toContain('  await plain(ids);\n  for (const id of ids) plain([id]);\n}\nexport const plain = async (ids: string[]): Promise<void> => {\n  await Promise.all(ids.map(async (id) => { await redis.expire(id, 60) }));\n}');
  });
});

describe('a try in the loop', () => {
  const after = (body: string, parameters = 'ids: string[], out: Record<string, unknown>, names: string[], send: (id: string) => void'): string => {
    const fixes = tester.fixes('node-redis', withClient('node-redis', body, parameters));
    return fixes.get('promise-all') ?? '';
  };

  it.each([
    ['a value and a fallback', "for (const id of ids) { try { out[id] = JSON.parse((await redis.get(id)) ?? ''); } catch (error) { console.warn(id, error); out[id] = null; } }"],
    ['several statements, a turn left early', "for (const id of ids) { try { const raw = await redis.get(id); if (!raw) continue; names.push(raw); send(raw); } catch { names.push(id); } }"],
    ['a guard before', "for (const id of ids) { if (!id) continue; try { names.push(await redis.hGet(id, 'n') ?? ''); } catch { out[id] = 1; } }"],
    ['a list that may be no array', "for (const id of new Set(ids)) { try { names.push(...(await redis.zRange(id, 0, 9))); } catch { out[id] = 1; } }"],
  ])('stays as it is within one callback: %s', (_, body) => {
    const text = after(body);
    expect(text).toMatch(/await Promise\.all\([^]*async \(id\) => \{[^]*try \{[^]*await redis/);
    expect(text).not.toMatch(/allSettled|\.reason|continue/);
  });

  it.each([
    ['a sum, which is read before the reply is there', "let total = 0; for (const id of ids) { try { total += Number(await redis.get(id)); } catch { names.push(id); } } out['total'] = total;"],
    ['a handler that may throw', 'for (const id of ids) { try { names.push(await redis.get(id) ?? id); } catch { send(id); } }'],
    ['an error raised again', "for (const id of ids) { try { names.push(await redis.get(id) ?? id); } catch (error) { if (id) throw error; } }"],
    ['what may throw after the command', 'for (const id of ids) { try { names.push(await redis.get(id) ?? id); } catch { names.push(id); } send(id); }'],
    ['a variable of which the compiler knows what it holds', 'let last: string | null = null; for (const id of ids) { try { last = await redis.get(id); } catch { names.push(id); } } out["last"] = last;'],
    ['a list whose type comes from what is put in', 'const found = []; for (const id of ids) { try { found.push(await redis.get(id)); } catch { names.push(id); } } out["x"] = found.length;'],
  ])('is asked for outcomes by place, after all replies: %s', (_, body) => {
    expect(after(body)).toMatch(/= await Promise\.allSettled\(ids\.map\(\(id\) => redis\.get\(id\)\)\);/);
  });
});

describe('which way', () => {
  it.each<[string, LibraryName, string, string[], string?]>([
    ['GET of each key', 'ioredis', 'for (const id of ids) console.log(await redis.get(id));', ['mget', 'mget-chunks', 'pipeline']],
    ['a read and a write of one key, of a list that holds it once', 'ioredis', 'for (const id of new Set(ids)) { if ((await redis.ttl(id)) === -1) await redis.expire(id, 60); }', ['pipeline', 'pipeline-chunks']],
    ['what is a part of a list already', 'ioredis', 'const part = ids.slice(0, 9); for (const id of part) await redis.incr(id);', ['pipeline']],
    ['GET of each key', 'node-redis', 'for (const id of ids) console.log(await redis.get(id));', ['mget', 'mget-chunks', 'promise-all']],
    ['on a cluster', 'ioredis', 'for (const id of ids) console.log(await cluster.get(id));', ['promise-all', 'promise-all-chunks'], 'ids: string[], cluster: Cluster'],
    ['on a cluster, one slot', 'ioredis', 'for (const id of ids) console.log(await cluster.get(`{${shop}}:${id}`));', ['mget', 'mget-chunks', 'promise-all'], 'ids: string[], shop: string, cluster: Cluster'],
    ['on a cluster, a slot each', 'ioredis', 'for (const id of ids) console.log(await cluster.get(`{${id}}:a`));', ['promise-all', 'promise-all-chunks'], 'ids: string[], cluster: Cluster'],
    ['a handler on the promise', 'ioredis', 'for (const id of ids) await redis.incr(id).catch(console.error);', ['promise-all', 'promise-all-chunks']],
    ['a client that may be missing', 'ioredis', 'for (const id of ids) await maybe?.incr(id);', ['promise-all', 'promise-all-chunks'], 'ids: string[], maybe?: Redis'],
    ['a part of the client', 'ioredis', 'for (const id of ids) await part.incr(id);', ['promise-all', 'promise-all-chunks'], "ids: string[], part: Pick<Redis, 'incr'>"],
    ['a list of known length', 'ioredis', "for (const id of ['a', 'b']) await redis.incr(id);", ['pipeline']],
    ['a loop that ends early', 'ioredis', 'for (const id of ids) { if (!id) break; await redis.incr(id); }', ['pipeline']],
    ['members that may be lists', 'ioredis', "for (const tags of lists) { await redis.sadd('tags', tags); }", ['pipeline', 'pipeline-chunks'], 'lists: any[]'],
    ['elements, the length asked for', 'ioredis', "let length = 0; for (const id of ids) length += await redis.rpush('list', id); return length;", ['pipeline', 'pipeline-chunks']],
    ['replies put together as a text', 'ioredis', "let text = ''; for (const id of ids) text += await redis.exists(id); return text;", ['pipeline', 'pipeline-chunks']],
    ['a command queued besides', 'ioredis', "const multi = redis.multi(); for (const id of ids) { if ((await redis.lrem(id, 0, 'x')) > 0) multi.srem('all', id); } await multi.exec();", ['pipeline', 'pipeline-chunks']],
    ['writes of one key over a pool', 'node-redis', "for (const id of ids) await pool.sAdd('all', id);", ['variadic', 'variadic-chunks']],
    ['counters over a pool', 'node-redis', 'for (const id of ids) await pool.incr(id);', ['promise-all', 'promise-all-chunks']],
  ])('%s (%s)', (_, library, body, ids, parameters) => {
    expect(offered(library, body, parameters)).toEqual(ids);
  });
});

describe('text', () => {
  const after = (library: LibraryName, id: string, text: string, extension?: string): string | undefined => tester.fixes(library, text, extension).get(id);

  it('keeps every comment of the loop', () => {
    const text = withClient('ioredis', `  // before
  for (const id of ids /* all */) {
    // why
    if (!id) continue; // skipped

    /* asked */ const state = await redis.hget(id, /* field */ 'state'); // now
    // used
    console.log(id, state);
    // the end
  } // after`);
    const fixed = after('ioredis', 'pipeline', text) ?? '';
    for (const comment of text.match(/\/\/ .*|\/\*.*?\*\//g) ?? []) expect(fixed.split(comment).length, comment).toBe(2);
    expect(fixed).toContain('    // the end\n  } // after');
    expect(fixed).toContain('    // why\n    if (!id) continue; // skipped\n');
  });

  it("follows the file's tabs, quotes, newlines and missing semicolons", () => {
    const text = 'import Redis from "ioredis"\r\nconst redis = new Redis()\r\nexport async function run(ids: string[]) {\r\n\tfor (const id of ids) {\r\n\t\tawait redis.set(id, "x")\r\n\t}\r\n}\r\n';
    expect(after('ioredis', 'pipeline', text)).toBe(
      text.replace(
        '\tfor (const id of ids) {\r\n\t\tawait redis.set(id, "x")\r\n\t}\r\n',
        '\tconst pipeline = redis.pipeline()\r\n\tfor (const id of ids) {\r\n\t\tpipeline.set(id, "x")\r\n\t}\r\n\tfor (const [error] of (await pipeline.exec()) ?? []) {\r\n\t\tif (error) throw error\r\n\t}\r\n',
      ),
    );
  });

  it('puts a loop that is the whole body of an if into braces', () => {
    const text = withClient('ioredis', '  if (ids.length > 2)\n    for (const id of ids) await redis.incr(id);');
    expect(after('ioredis', 'pipeline', text)).toContain('  if (ids.length > 2)\n    {\n      const pipeline = redis.pipeline();\n      for (const id of ids) pipeline.incr(id);');
  });

  it('gives names that are free', () => {
    const text = withClient('ioredis', '  const pipeline = 1, error = 2;\n  for (const id of ids) {\n    const raw = await redis.hget(id, "a");\n    const reply = pipeline + error;\n    console.log(raw, reply);\n  }');
    const fixed = after('ioredis', 'pipeline', text) ?? '';
    expect(fixed).toContain('const batch = redis.pipeline();');
    expect(fixed).toContain('for (const [err, value] of (await batch.exec()) ?? []) {\n    if (err) throw err;\n    const raw = value as string | null;');
  });

  it('claims the function, so that two fixes in it are planned one after the other', () => {
    const text = withClient('node-redis', '  for (const id of ids) await redis.incr(id);');
    expect(after('node-redis', 'promise-all', text)).toBe(text.replace('for (const id of ids) await redis.incr(id);', 'await Promise.all(ids.map((id) => redis.incr(id)));'));
  });

  it('does not take what the compiler knows of a variable into a callback', () => {
    const text = withClient('node-redis', '  let prefix: string | undefined = ids[0];\n  if (!prefix) return;\n  for (const id of ids) await redis.incr(prefix.concat(id));\n  prefix = undefined;');
    expect(after('node-redis', 'promise-all', text)).toContain('for (const id of ids) pending.push(redis.incr(prefix.concat(id)));\n  await Promise.all(pending);');
  });

  it('names a reply that a block of its own had', () => {
    const text = withClient('ioredis', '  for (const id of ids) {\n    {\n      const raw = await redis.hget(id, "a");\n      console.log(raw);\n    }\n    console.log("next");\n  }');
    expect(after('ioredis', 'pipeline', text)).toContain('    {\n      const raw = raw2;\n      console.log(raw);\n    }');
  });

  it('takes the name of a let that stays as it is', () => {
    const loop = (more: string) => `  for (const id of ids) {\n    let raw = await redis.hget(id, 'a');${more}\n    console.log(raw);\n  }`;
    expect(after('node-redis', 'promise-all', withClient('node-redis', loop('').replace('hget', 'hGet')))).toContain('for (const raw of raws) {\n    console.log(raw);');
    expect(after('node-redis', 'promise-all', withClient('node-redis', loop("\n    raw ??= '';").replace('hget', 'hGet')))).toContain("for (const value of values) {\n    let raw = value;\n    raw ??= '';");
  });

  it('casts replies in the quotes of the file, and only in TypeScript', () => {
    const loop = '  for (const id of ids) {\n    const type = await redis.set(id, 1);\n    console.log(type);\n  }';
    expect(after('ioredis', 'pipeline', withClient('ioredis', loop))).toContain(" as 'OK'");
    expect(after('ioredis', 'pipeline', `const Redis = require('ioredis');\nconst redis = new Redis();\nasync function run(ids) {\n${loop}\n}\n`, 'js')).toContain('for (const [error, type] of await pipeline.exec()) {');
  });
});
