import Redis from 'ioredis';

export interface Account {
  owner: string;
  balance: number;
}

const redis = new Redis(process.env.REDIS_URL);

export async function open(id: string, owner: string) {
  await redis.set(`account:${id}`, JSON.stringify({ owner, balance: 0 }), 'EX', 600);
}

export async function deposit(id: string, amount: number): Promise<number> {
  const account = JSON.parse((await redis.get(`account:${id}`)) as string) as Account;
  account.balance += amount;
  await redis.set(`account:${id}`, JSON.stringify(account), 'EX', 600);
  return account.balance;
}
