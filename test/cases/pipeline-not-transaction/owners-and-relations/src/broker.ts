import Redis from 'ioredis';

const redis = new Redis();

interface Message {
  to: string;
  uuid: string;
}

export async function enqueue(message: Message, now: number) {
  await redis
    .pipeline()
    .hset(`${message.to}:message:${message.uuid}`, { to: message.to }) // expect: pipeline-not-transaction
    .zadd(`${message.to}:queue`, now, message.uuid)
    .exec();
}

export async function subscribe(topic: string, channel: string) {
  await redis.pipeline().sadd(`topic:${topic}`, channel).sadd(`subs:${channel}`, topic).exec(); // expect: pipeline-not-transaction
}

export async function visit(user: string, page: string) {
  await redis.pipeline().sadd(`pages:${user}`, page).incr(`hits:${page}`).exec(); // quiet: pipeline-not-transaction -- a count beside a set
}
