import { getUser, plan, touch } from './users';

export async function names(ids: string[]): Promise<string[]> {
  const names: string[] = [];
  for (const id of ids) {
    const user = await getUser(id);
    if (!user) continue;
    names.push(user.name);
  }
  return names;
}

export async function keepAlive(ids: Set<string>): Promise<void> {
  for (const id of ids) await touch(id);
}

export async function plans(accounts: { id: string }[]): Promise<string> {
  const lines: string[] = [];
  for (const account of accounts) {
    // one line for each
    lines.push(`${account.id},${await plan(account)}`);
  }
  return lines.join('\n');
}

export async function guarded(ids: string[], failed: (id: string) => void): Promise<number> {
  let found = 0;
  for (const id of ids) {
    try {
      if (await getUser(id)) found++;
    } catch {
      failed(id);
    }
  }
  return found;
}
