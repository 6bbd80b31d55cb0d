/** A repository of a domain: its table as Drizzle describes it, and the queries of one model. */
import type { Domain, Field } from './domain.ts';
import { camel, pascal } from './words.ts';

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const columnOf: Readonly<Record<Field['type'], (column: string) => string>> = {
  string: (column) => `text('${column}')`,
  number: (column) => `doublePrecision('${column}')`,
  boolean: (column) => `boolean('${column}')`,
  Date: (column) => `timestamp('${column}', { withTimezone: true })`,
  'string[]': (column) => `text('${column}').array()`,
};

export function repositoryFile(entity: string, domain: Domain): string[] {
  const type = pascal(entity);
  const table = `${camel(entity)}s`;
  const fields = domain.fields.get(entity) ?? [];
  const other = camel(domain.entities[(domain.entities.indexOf(entity) + 1) % domain.entities.length] ?? entity);
  const optional = [...fields.filter((field) => field.optional).map(({ name }) => name), `${other}Id`];
  return [
    "import { desc, eq, inArray, sql } from 'drizzle-orm';",
    "import { boolean, doublePrecision, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core';",
    "import { database } from '../../../lib/database.js';",
    "import { NotFound } from '../../../lib/errors.js';",
    `import type { ${type}, ${type}State } from '../models/${entity}.js';`,
    '',
    `export const ${table} = pgTable(`,
    `  '${entity.replaceAll('-', '_')}s',`,
    '  {',
    "    id: text('id').primaryKey(),",
    `    state: text('state').$type<${type}State>().notNull(),`,
    ...fields.map(({ name, type: kind, optional: may }) => `    ${name}: ${columnOf[kind](snake(name))}${may ? '' : '.notNull()'},`),
    `    ${other}Id: text('${snake(other)}_id'),`,
    '  },',
    `  (table) => [index('${entity.replaceAll('-', '_')}s_by_state').on(table.state, table.createdAt)],`,
    ');',
    '',
    `type Row = typeof ${table}.$inferSelect;`,
    '',
    `function to${type}({ ${optional.join(', ')}, ...row }: Row): ${type} {`,
    `  return { ...row, ${optional.map((name) => `${name}: ${name} ?? undefined`).join(', ')} };`,
    '}',
    '',
    `export class ${type}Repository {`,
    `  readonly #recent = new Map<string, ${type}>();`,
    '',
    `  async get(id: string): Promise<${type}> {`,
    '    const known = this.#recent.get(id);',
    '    if (known) return known;',
    `    const [row] = await database.select().from(${table}).where(eq(${table}.id, id)).limit(1);`,
    `    if (!row) throw new NotFound('${entity}', id);`,
    `    const found = to${type}(row);`,
    '    this.#recent.set(id, found);',
    '    return found;',
    '  }',
    '',
    `  async set(value: ${type}): Promise<void> {`,
    `    await database.insert(${table}).values(value).onConflictDoUpdate({ target: ${table}.id, set: value });`,
    '    this.#recent.set(value.id, value);',
    '  }',
    '',
    `  async byState(state: ${type}State, limit = 100): Promise<${type}[]> {`,
    `    const rows = await database.select().from(${table}).where(eq(${table}.state, state)).orderBy(desc(${table}.createdAt)).limit(limit);`,
    `    return rows.map(to${type});`,
    '  }',
    '',
    `  async countByState(): Promise<Map<${type}State, number>> {`,
    `    const rows = await database.select({ state: ${table}.state, count: sql<number>\`count(*)::int\` }).from(${table}).groupBy(${table}.state);`,
    '    return new Map(rows.map(({ state, count }) => [state, count]));',
    '  }',
    '',
    '  async del(ids: readonly string[]): Promise<number> {',
    '    if (ids.length === 0) return 0;',
    `    const rows = await database.delete(${table}).where(inArray(${table}.id, [...ids])).returning({ id: ${table}.id });`,
    '    for (const { id } of rows) this.#recent.delete(id);',
    '    return rows.length;',
    '  }',
    '}',
  ];
}
