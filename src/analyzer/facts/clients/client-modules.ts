/** Modules of Nest that make clients of ioredis by their options, and hand them out by `@InjectRedis(name)`. */
export const clientModules: readonly string[] = ['@nestjs-modules/ioredis', '@liaoliaots/nestjs-redis', '@songkeys/nestjs-redis'];
