import { getUser, plan, touch } from './users';

export async function names(ids: string[]): Promise<string[]> {
  const names: string[] = [];
  const users = await Promise.all(ids.map((id) => getUser(id)));
  for (const user of users) {
    if (!user) continue;
    names.push(user.name);
  }
  return names;
}

export async function keepAlive(ids: Set<string>): Promise<void> {
  await Promise.all(Array.from(ids, (id) => touch(id)));
}

export async function plans(accounts: { id: string }[]): Promise<string> {
  const lines: string[] = [];
  const replies = await Promise.all(
    accounts.map(async (account) => ({ account, value: await plan(account) })),
  );
  for (const { account, value } of replies) {
    // one line for each
    lines.push(`${account.id},${value}`);
  }
  return lines.join('\n');
}

export async function guarded(ids: string[], failed: (id: string) => void): Promise<number> {
  let found = 0;
  const results = await Promise.allSettled(ids.map((id) => getUser(id)));
  for (const [index, id] of ids.entries()) {
    const result = results[index]!;
    try {
      if (result.status === 'rejected') throw result.reason;
      const value = result.value;
      if (value) found++;
    } catch {
      failed(id);
    }
  }
  return found;
}
