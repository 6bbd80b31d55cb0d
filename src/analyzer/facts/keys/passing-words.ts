/** Words of a key that say that what it holds is for a while only, and for how long by default. */

/** Seconds. */
const passing: Readonly<Record<string, number>> = {
  lock: 30, locks: 30, mutex: 30, lease: 30,
  limit: 60, limiter: 60, ratelimit: 60, ratelimiter: 60, throttle: 60,
  otp: 300, otps: 300, nonce: 300, captcha: 300, csrf: 300, challenge: 300,
  token: 3_600, tokens: 3_600, tmp: 3_600, temp: 3_600, cache: 3_600, cached: 3_600, idempotency: 3_600,
  session: 86_400, sessions: 86_400, sess: 86_400,
};

/** Beside one of those, what is kept is no session, cache or token itself: `cache:version`, `token:price`, `device-token`. */
const lasting = new Set([
  'version', 'generation', 'schema', 'config', 'settings', 'setting', 'enabled', 'disabled', 'stats', 'count', 'counter', 'total', 'price', 'balance', 'supply',
  'decimals', 'usage', 'seq', 'device', 'push', 'fcm', 'apns', 'credit', 'spending', 'upload', 'plan', 'max', 'min', 'quota',
]);

/** A limit is one of requests where it begins the key or these stand before it: not `user:1:limit`, which may be a setting. */
const limited = new Set(['rate', 'request', 'requests', 'api', 'login', 'attempt', 'attempts', 'ip', 'rl']);

/** @param words of a key, in order @param also further words @returns the word that says so and a default TTL in seconds; the shortest of several */
export function passingWord(words: readonly string[], also: readonly string[] = []): { word: string; seconds: number } | undefined {
  if (words.some((word) => lasting.has(word))) return undefined;
  const found = words.flatMap((word, index) => {
    if (also.includes(word)) return [{ word, seconds: passing[word] ?? 3_600 }];
    const seconds = Object.hasOwn(passing, word) ? passing[word] : undefined;
    if (seconds === undefined || (word === 'limit' && index > 0 && !limited.has(words[index - 1] ?? ''))) return [];
    return [{ word, seconds }];
  });
  return found.sort((a, b) => a.seconds - b.seconds)[0];
}
