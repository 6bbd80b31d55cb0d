import Redis from 'ioredis';

type Level = 'low' | 'high';

enum Status {
  Draft = 'draft',
  Sent = 'sent',
}

export interface Invoice {
  number: string;
  status: Status;
  dueAt: Date;
  paid: boolean;
  copies: 1 | 2;
  level: Level;
  note?: string;
  weight?: number;
  urgent: boolean | undefined;
  discount: number | null;
  contact: string | null;
  signed: boolean | null;
}

export class Invoices {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async save(invoice: Invoice) {
    return writeInvoice(this.#redis, `invoice:${invoice.number}`, invoice);
  }

  async load(number: string): Promise<Invoice | undefined> {
    const invoice = await readInvoice(this.#redis, `invoice:${number}`);
    if (!invoice) return undefined;
    return invoice;
  }

  async pay(number: string) {
    const invoice = await readInvoice(this.#redis, `invoice:${number}`);
    if (invoice === null) throw new Error(`no invoice ${number}`);
    invoice.paid = true;
    invoice.status = Status.Sent;
    await this.#redis.hset(`invoice:${number}`, invoiceToHash({ paid: invoice.paid, status: invoice.status }));
  }

  /** A field that may be left out cannot be set by HSET alone. */
  async annotate(number: string, note: string | undefined, discount: number | null) {
    const invoice = await readInvoice(this.#redis, `invoice:${number}`);
    if (!invoice) return;
    invoice.note = note;
    invoice.discount = discount;
    await writeInvoice(this.#redis, `invoice:${number}`, invoice);
  }
}

const invoices = new Invoices(new Redis(process.env.REDIS_URL ?? ''));

export const save = (invoice: Invoice) => invoices.save(invoice);
export const load = async (number: string) => {
  const invoice = await invoices.load(number);
  return invoice && [invoice, typeof invoice.dueAt, invoice.note, invoice.discount];
};
export const pay = (number: string) => invoices.pay(number);
export const annotate = (number: string, note: string | undefined, discount: number | null) => invoices.annotate(number, note, discount);

/** The fields of an invoice as its hash holds them: as text, without those that are null or undefined. */
function invoiceToHash(invoice: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(invoice)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps an invoice as a hash, in the place of whatever the key held, as SET does. */
async function writeInvoice(client: Redis, key: string, invoice: object): Promise<'OK'> {
  const multi = client.multi();
  multi.del(key);
  multi.hset(key, invoiceToHash(invoice));
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Reads an invoice, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readInvoice<T = Invoice>(client: Redis, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hgetall(key);
      if (Object.keys(hash).length === 0) return null;
      const invoice: Record<string, unknown> = { discount: null, contact: null, signed: null, ...hash };
      for (const name of ['copies', 'weight', 'discount']) if (name in hash) invoice[name] = Number(hash[name]);
      for (const name of ['paid', 'urgent', 'signed']) if (name in hash) invoice[name] = hash[name] === 'true';
      return invoice as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mget(key);
    if (!json) continue;
    const fields = Object.entries(invoiceToHash(JSON.parse(json)));
    if (fields.length === 0) return { discount: null, contact: null, signed: null, ...JSON.parse(json) };
    const script = `
      if redis.call('TYPE', KEYS[1]).ok ~= 'string' or redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      local ttl = redis.call('PTTL', KEYS[1])
      redis.call('DEL', KEYS[1])
      for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
      if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end
      return 1`;
    await client.eval(script, 1, key, json, ...fields.flat());
  }
}
