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
    return this.#redis.set(`invoice:${invoice.number}`, JSON.stringify(invoice));
  }

  async load(number: string): Promise<Invoice | undefined> {
    const body = await this.#redis.get(`invoice:${number}`);
    if (!body) return undefined;
    const invoice: Invoice = JSON.parse(body);
    return invoice;
  }

  async pay(number: string) {
    const body = await this.#redis.get(`invoice:${number}`);
    if (body === null) throw new Error(`no invoice ${number}`);
    const invoice = JSON.parse(body) as Invoice;
    invoice.paid = true;
    invoice.status = Status.Sent;
    await this.#redis.set(`invoice:${number}`, JSON.stringify(invoice));
  }

  /** A field that may be left out cannot be set by HSET alone. */
  async annotate(number: string, note: string | undefined, discount: number | null) {
    const body = await this.#redis.get(`invoice:${number}`);
    if (!body) return;
    const invoice = JSON.parse(body) as Invoice;
    invoice.note = note;
    invoice.discount = discount;
    await this.#redis.set(`invoice:${number}`, JSON.stringify(invoice));
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
