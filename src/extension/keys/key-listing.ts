/**
 * What the tree has seen of one database: names scanned page by page, folded into namespaces, and the facts of those on screen.
 * Knows nothing of VS Code.
 */
import type { Entry, KeyEntry, KeyFacts, KeyPage, KeyType, Measured, MeasureRequest, NamespaceTotal, Namespaces, ScanCursor, ScanRequest } from '../../keyspace/index.ts';
import { globUnder } from '../../redis/glob.ts';
import { fromCompact, toCompact } from '../../redis/key-bytes.ts';

/** The live side, of one database. */
export interface KeySource {
  scan(request: Pick<ScanRequest, 'match' | 'type' | 'cursor' | 'pageSize' | 'maxMs'>): Promise<KeyPage>;
  inspect(keys: readonly Buffer[]): Promise<KeyFacts[]>;
  measure(request: MeasureRequest): Promise<Measured>;
}

export interface KeyFilter {
  /** Glob, as SCAN MATCH takes it. */
  match?: string;
  type?: KeyType;
}

/** What one level of the tree shows. */
export interface Level {
  entries: Entry[];
  /** There is or may be more: what “Load more” says. */
  more: { examined: number; total: number | undefined } | undefined;
}

export interface ListingOptions {
  /** Rows of a level at first, and more of them with each “Load more”. */
  pageSize: number;
  filter: KeyFilter;
}

/** Names are cheap beside facts: a small database is known whole at once, and of a large one enough to fold. Some 10 ms on the server. */
export const NAMES_PER_PAGE = 10_000;
/** A page ends after this time with what it has; a first page under a second after the click leaves as much for the rest. */
const PAGE_MS = 400;
/** What matches rarely is searched on for so long before the person is asked again. */
const SEARCH_MS = 2_000;

export class KeyListing {
  readonly options: ListingOptions;
  readonly #source: KeySource;
  readonly #makeNamespaces: () => Namespaces;
  readonly #namespaces: Namespaces;
  /** Entries on screen per level, by the level's prefix. */
  readonly #shown = new Map<string, number>();
  /** Entries that the person went to by name: shown wherever they lie in the order. */
  readonly #pinned = new Map<string, Map<string, Entry>>();
  readonly #facts = new Map<string, KeyFacts>();
  /** Scans of one namespace; the whole database's is under ''. */
  readonly #scans = new Map<string, ScanState>();
  /** What was measured of namespaces, by prefix; the whole database's is under ''. */
  readonly #measured = new Map<string, Measurement>();
  #queue: Promise<unknown> = Promise.resolve();

  /** @param makeNamespaces by the caller, who has the keyspace layer loaded */
  constructor(source: KeySource, makeNamespaces: () => Namespaces, options: ListingOptions) {
    this.#source = source;
    this.#makeNamespaces = makeNamespaces;
    this.#namespaces = makeNamespaces();
    this.options = options;
  }

  /** The first page has been scanned. */
  get started(): boolean {
    return this.#scanOf('').cursor !== undefined;
  }

  /** Names seen so far. */
  get size(): number {
    return this.#namespaces.size + this.#namespaces.notKept;
  }

  /** Every name has been seen: counts are exact, and no level has more. */
  get complete(): boolean {
    return this.#scanOf('').cursor === 'done';
  }

  factsOf(key: Buffer): KeyFacts | undefined {
    return this.#facts.get(toCompact(key));
  }

  /** The first call scans the first page. Rejects with ServerError. */
  async level(prefix: Buffer): Promise<Level> {
    const id = toCompact(prefix);
    if (!this.started) await this.#inTurn(() => this.#scan('', () => this.size > 0));
    const { entries, next } = this.#namespaces.children({ prefix, limit: this.#limit(id) });
    const scan = this.#scanOf(this.#scanId(id));
    const more = next !== undefined || !(this.complete || scan.cursor === 'done');
    const shown = new Set(entries.map(idOf));
    const pinned = [...(this.#pinned.get(id)?.values() ?? [])].filter((entry) => !shown.has(idOf(entry)));
    return { entries: [...entries, ...pinned], more: more ? { examined: scan.examined, total: scan.total } : undefined };
  }

  /** One page more on a level: first what is known already, then by scanning on. Rejects with ServerError. */
  loadMore(prefix: Buffer): Promise<void> {
    const id = toCompact(prefix);
    const wanted = this.#limit(id) + this.options.pageSize;
    const isFull = (): boolean => this.#namespaces.children({ prefix, limit: wanted }).entries.length >= wanted;
    return this.#inTurn(async () => {
      this.#shown.set(id, wanted);
      if (!isFull()) await this.#scan(this.#scanId(id), isFull);
    });
  }

  /** Asks for the facts of the keys that have none yet. Rejects with ServerError. */
  async inspect(entries: readonly KeyEntry[]): Promise<void> {
    const keys = entries.map(({ key }) => key).filter((key) => !this.#facts.has(toCompact(key)));
    if (keys.length === 0) return;
    for (const facts of await this.#source.inspect(keys)) this.#facts.set(toCompact(facts.key), facts);
  }

  /** Inspects every key of a namespace, those outside of the filter too. Rejects with ServerError, or with the signal's reason. */
  async measure(prefix: Buffer, options: Pick<MeasureRequest, 'signal' | 'onProgress'> = {}): Promise<NamespaceTotal | undefined> {
    const match = prefix.length === 0 ? undefined : globUnder(prefix);
    const { totals } = await this.#source.measure({ ...options, match, depth: Infinity });
    const measurement: Measurement = { totals, at: new Date(), known: new Map() };
    this.#measured.set(toCompact(prefix), measurement);
    return totalOf(measurement, prefix);
  }

  /** What was measured last of a namespace, itself or what is around it; undefined where that is nothing. */
  measuredOf(prefix: Buffer): { total: NamespaceTotal; at: Date } | undefined {
    const name = toCompact(prefix);
    const [latest] = [...this.#measured].filter(([id]) => name.startsWith(id)).map(([, measurement]) => measurement).sort((a, b) => b.at.getTime() - a.at.getTime());
    const total = latest && totalOf(latest, prefix);
    return latest && total && total.keys > 0 ? { total, at: latest.at } : undefined;
  }

  /** Looks for names that are new since, in a first page; the next `inspect` asks for all facts of the level again. Rejects with ServerError. */
  refresh(prefix: Buffer): Promise<void> {
    const id = toCompact(prefix);
    this.forgetFacts(prefix);
    return this.#inTurn(async () => {
      const page = await this.#page(this.#scanId(id), undefined);
      this.#namespaces.add(page.keys);
    });
  }

  /** So that the next `inspect` asks again; names stay. */
  forgetFacts(prefix: Buffer): void {
    const id = toCompact(prefix);
    this.#forgetMeasured(id);
    for (const name of this.#facts.keys()) if (name.startsWith(id)) this.#facts.delete(name);
  }

  /** Puts a key on screen in its place. Returns the entries on the way to it from the top, its own last. */
  pin(key: Buffer): Entry[] {
    this.#namespaces.add([key]);
    // Folded alone, it shows the way without a walk over its neighbours.
    const alone = this.#makeNamespaces();
    alone.add([key]);
    const path: Entry[] = [];
    for (let prefix: Buffer = Buffer.alloc(0); ; ) {
      const [entry] = alone.children({ prefix }).entries;
      if (entry === undefined) return path;
      path.push(entry);
      const level = toCompact(prefix);
      this.#pinned.set(level, (this.#pinned.get(level) ?? new Map<string, Entry>()).set(idOf(entry), entry));
      if (entry.kind === 'key') return path;
      ({ prefix } = entry);
    }
  }

  /** After a namespace was deleted: it is read anew. */
  forget(prefix: Buffer): void {
    this.#namespaces.removeUnder(prefix);
    this.forgetFacts(prefix);
    const id = toCompact(prefix);
    for (const entries of this.#pinned.values()) for (const [name, entry] of entries) if (toCompact(entry.kind === 'key' ? entry.key : entry.prefix).startsWith(id)) entries.delete(name);
  }

  remove(key: Buffer): void {
    const name = toCompact(key);
    this.#namespaces.remove([key]);
    this.#facts.delete(name);
    this.#pinned.forEach((entries) => entries.delete(`key ${name}`));
    this.#forgetMeasured(name);
  }

  /** What is in it, or around it, is another sum by now. */
  #forgetMeasured(id: string): void {
    for (const measured of this.#measured.keys()) if (measured.startsWith(id) || id.startsWith(measured)) this.#measured.delete(measured);
  }

  #limit(id: string): number {
    return this.#shown.get(id) ?? this.options.pageSize;
  }

  /** A namespace is scanned on its own; under a pattern of the person's there is one scan, since SCAN takes one pattern. */
  #scanId(id: string): string {
    return this.options.filter.match === undefined ? id : '';
  }

  #scanOf(id: string): ScanState {
    return this.#scans.get(id) ?? { cursor: undefined, examined: 0, total: 0 };
  }

  /** Page after page until there is enough, the scan is complete, or the person has waited long. */
  async #scan(id: string, isEnough: () => boolean): Promise<void> {
    const until = Date.now() + SEARCH_MS;
    do {
      const { cursor } = this.#scanOf(id);
      if (cursor === 'done' || this.complete) return;
      const page = await this.#page(id, cursor);
      this.#namespaces.add(page.keys);
      this.#scans.set(id, { cursor: page.cursor ?? 'done', examined: page.examined, total: page.total });
    } while (!isEnough() && Date.now() < until);
  }

  #page(id: string, cursor: ScanCursor | undefined): Promise<KeyPage> {
    const { match, type } = this.options.filter;
    const pattern = id === '' ? match : globUnder(fromCompact(id));
    return this.#source.scan({ match: pattern, type, cursor, pageSize: Math.max(NAMES_PER_PAGE, this.options.pageSize), maxMs: PAGE_MS });
  }

  /** Pages come one after another: two clicks do not fetch the same one. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

interface Measurement {
  totals: Measured['totals'];
  at: Date;
  /** What was asked for, by prefix: each row asks whenever it is drawn, and the sum of a namespace is one over all that lies in it. */
  known: Map<string, NamespaceTotal | undefined>;
}

function totalOf({ totals, known }: Measurement, prefix: Buffer): NamespaceTotal | undefined {
  const id = toCompact(prefix);
  if (!known.has(id)) known.set(id, totals.under(prefix));
  return known.get(id);
}

interface ScanState {
  cursor: ScanCursor | 'done' | undefined;
  examined: number;
  total: number | undefined;
}

/** Unlike for a key and a namespace of the same bytes. */
export function idOf(entry: Entry): string {
  return entry.kind === 'key' ? `key ${toCompact(entry.key)}` : `namespace ${toCompact(entry.prefix)}`;
}
