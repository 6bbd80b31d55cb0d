/** Published packages that use Redis: real input, pinned by version and hash, fetched at test time and never committed. */

export interface CorpusPackage {
  name: string;
  version: string;
  /** What is analysed: files and folders of the package; the rest is a second build of the same code, or has no Redis in it. */
  keep: readonly string[];
  what: string;
  /** As the registry says it: `npm view <name>@<version> dist.integrity`. */
  integrity: string;
}

export const corpus: readonly CorpusPackage[] = [
  { name: 'aedes-persistence-redis', version: '12.0.0', keep: ['persistence.js', 'migrations.js'], what: 'plain JavaScript, ioredis handed in', integrity: 'sha512-YCjt2x4Om9b+P4qgxbgwROoYfYa3n9v767J1S7kTDsiREZ0b65eOnQ5NFR3754oKCkqBNIRPLGyv5RbyRd7//g==' },
  { name: 'bee-queue', version: '2.0.0', keep: ['lib'], what: 'plain JavaScript on node-redis 3, callbacks promisified', integrity: 'sha512-yDVdrh5r/F9rR0KxAHoGqwlQQfekuPfLUP/Fzx2kpb9GpAIA/DnDS71IKI6s3EkdCDo3nM8X5s1Ph045zF/x9w==' },
  { name: 'bull', version: '4.16.5', keep: ['lib', 'index.js'], what: 'plain JavaScript on ioredis 5, classes by prototype', integrity: 'sha512-lDsx2BzkKe7gkCYiT5Acj02DpTwDznl/VNN7Psn7M3USPG7Vs/BaClZJJTAG+ufAR9++N1/NiUTdaFBWDIl5TQ==' },
  { name: 'bullmq', version: '6.7.0', keep: ['dist/esm'], what: 'compiled TypeScript, ESM: ioredis and node-redis behind one interface', integrity: 'sha512-+LnKsqZ+PRV/Iul7T84qEZYOewsgtnnmTc3/TjXZk6dSaOeK68AuR/p8uzQ6WIQ8Jvf/GjitjsUrmTaRV2cfsQ==' },
  { name: 'cache-manager-ioredis-yet', version: '2.1.2', keep: ['dist'], what: 'compiled TypeScript, CommonJS', integrity: 'sha512-p/5D+ADvJaZjAs12fR5l0ZJ+rK2EqbCryFdrzsMj3K+lGwNoCjB33N6V397otgreB+iwK+lssBshpkJDodiyMQ==' },
  { name: '@colyseus/redis-driver', version: '0.17.7', keep: ['src'], what: 'TypeScript source on ioredis, a hash as a table', integrity: 'sha512-JEu8KaeGondwyu+42ZLHLzaeVO7TST2lbTietcvPvWGgaRx4EfbgkxNNKqSq5CY293DtWv/BFCXwiZxtm1AVTw==' },
  { name: '@colyseus/redis-presence', version: '0.17.8', keep: ['src'], what: 'TypeScript source on ioredis: publish, subscribe, sets', integrity: 'sha512-YnlEsTj2Si7EzLIYHjrV5/I6VqCCcSVslVFOBlFH+Gcwt54yJ5P/3l01laACf24VapWmhEujnQKWvXGJdwS8Lw==' },
  { name: 'connect-redis', version: '10.0.0', keep: ['index.ts'], what: 'TypeScript source, node-redis typed by interface', integrity: 'sha512-x6EotIY20pvocamMtcOsgxFzYufAMfipE+rjWa0cZMeSx+3K0yoHi4Nv4sfMlgF+Z5KnUbMFxyCx9pDZP39p0Q==' },
  { name: '@hapi/catbox-redis', version: '7.1.0', keep: ['lib'], what: 'plain JavaScript, a class around ioredis', integrity: 'sha512-/P8TS5mGQEmtavWky6detD8M4is2SSxZyxEtI/oNgVWU45BAC0YaH80UvRJPgDzrFQLdr3XvZI47TvxPbOajrA==' },
  { name: '@hocuspocus/extension-redis', version: '4.7.0', keep: ['src'], what: 'TypeScript source, ioredis or a Cluster', integrity: 'sha512-bEWwVxBZXVC0C8f5Tkb7SHoLOofv2+EgsWa/yUf/jb6WoxxbQDdFEREfi8XKurJEhlOqjtJTWAjec9TsFLw2uw==' },
  { name: '@keyv/redis', version: '5.1.6', keep: ['dist/index.js'], what: 'one bundled file, @redis/client', integrity: 'sha512-eKvW6pspvVaU5dxigaIDZr635/Uw6urTXL3gNbY9WTR8d3QigZQT+r8gxYSEOsw4+1cCBsC4s7T2ptR0WC9LfQ==' },
  { name: 'kuzzle', version: '2.56.0', keep: ['dist/lib'], what: 'a large application, compiled to CommonJS, commands through a wrapper', integrity: 'sha512-WSwRwVL/M44fYsBuWt3PPbDC9PKTEHtjkR60Wk3MO07C1sFukplrf3tIWvXiuxgsLe+HcRu+0A1vBIAMmqQCKg==' },
  { name: 'moleculer', version: '0.14.36', keep: ['src'], what: 'a framework in plain JavaScript, ioredis loaded lazily', integrity: 'sha512-KvOIWtMYqBcJnHlZ7NHnBlQJMX0XhRAcvbSlaxogCt7amFo1SQTnlBf98kzK3w7v/bVjeTvX/OE8XPSsdHn5Bg==' },
  { name: '@nestjs/microservices', version: '12.1.1', keep: ['client', 'server'], what: 'compiled to ESM, ioredis loaded lazily', integrity: 'sha512-dajm21r7Mgs/4Zx1PFzlJbhkIh5flF6IQh/L7ArZiTrzez3HMnqE+XBGaxg7eIw3BaywjowI6RW2JeM5FoBvwA==' },
  { name: 'node-resque', version: '9.7.1', keep: ['src'], what: 'TypeScript source on ioredis', integrity: 'sha512-212+nLBtnnB1ydL3viCW4uZ2ChCWYLSq9ZLHCz8MxdwYTr64NqjWJkzLRaS0BZa1DLLk3FCCDuo806xC5pnHjw==' },
  { name: 'parse-server', version: '9.10.0', keep: ['lib/Adapters', 'lib/middlewares.js'], what: 'compiled by Babel, node-redis 5', integrity: 'sha512-f4IIsWLsh30mOJl6u6SB3GBrj7Zj4f69dKkI0PPZxNeVttlKFBEg/VHc2AQrWKWRvnIlWy22o2UdX4ECPDPCIw==' },
  { name: 'rate-limiter-flexible', version: '11.4.0', keep: ['lib', 'index.js'], what: 'plain JavaScript, ioredis, iovalkey and node-redis handed in', integrity: 'sha512-+RyuiXEG3odp5c9aZP83H8cld0L7swvz1FxlVzy/7N4zYo4i0GDy5tBhZlPFFOdXXwEilyBREKbVIKDq5bfjlw==' },
  { name: 'redis-commander', version: '0.9.0', keep: ['lib'], what: 'an application in plain JavaScript that browses any server', integrity: 'sha512-AMLY0sJm3iekK1UD3ZzIhjF9ZRcnOx/Tmjs83C12cyxPkd6ZQ9PDnxCv0zgmGSTwGUoHlraufJUpn80a8ADjdA==' },
  { name: 'rsmq', version: '0.12.4', keep: ['index.js'], what: 'compiled CoffeeScript on node-redis 3, callbacks', integrity: 'sha512-xXs0MudraTG0ndRUo8QIG6/G0/xcPFag/kxbfZZ9Xuz7hTeaQLJKaZH5y0B4fcpLkWBXjC8A9ynIHula65bGBQ==' },
  { name: '@socket.io/redis-adapter', version: '8.3.0', keep: ['dist'], what: 'compiled TypeScript, both clients handed in untyped', integrity: 'sha512-ly0cra+48hDmChxmIpnESKrc94LjRL80TEmZVscuQ/WWkRP81nNj8W8cCGMqbI4L6NCuAaPRSzZF1a9GlAxxnA==' },
  { name: 'unstorage', version: '1.17.6', keep: ['drivers/redis.mjs', 'drivers/utils'], what: 'one driver on ioredis', integrity: 'sha512-gjKtcmn/KwZuJZO9o2sc0esAQnhmTw0LviDHwevTXbJMYs0dRTp8ZEEWXHU0vTpzbN3cA0yxlTeyXssMp3zDqw==' },
  { name: '@uppy/companion', version: '6.2.2', keep: ['src'], what: 'an application in plain JavaScript, ESM, Express and ioredis', integrity: 'sha512-bPiLx+wIg1HVDcvv6VRT3P4O9to7y1bZrkYxa/EMP3UPOsmQPGESEKkMnTc3E2Wn6Cp8If12bBbVnGeZbqq/PA==' },
];
