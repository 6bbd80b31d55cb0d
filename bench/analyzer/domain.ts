/** One domain of the generated application: 50 files of believable code, one of which sends Redis commands. */
import { cacheFile } from './domain-cache.ts';
import { fulfilmentFile } from './domain-fulfilment.ts';
import { handlerFile } from './domain-handler.ts';
import { repositoryFile } from './domain-repository.ts';
import { serviceMethods } from './service-methods.ts';
import { camel, Choice, pascal, words } from './words.ts';

export interface Domain {
  /** `order-3`, its folder's name. */
  name: string;
  /** Path of its folder from src: `sales/order-3`. */
  folder: string;
  /** What its model files are called: `order-line`. */
  entities: readonly string[];
  fields: ReadonlyMap<string, readonly Field[]>;
  seed: number;
}

export interface Field {
  name: string;
  type: 'string' | 'number' | 'boolean' | 'Date' | 'string[]';
  optional: boolean;
}

/** Files of a domain, its share of the 50. */
export const filesPerDomain = 50;
const counts = { entities: 13, repositories: 6, services: 12, handlers: 7, utils: 4, tests: 6 };

export function describeDomain(index: number): Domain {
  const choice = new Choice(index + 1);
  const subject = words.subjects[index % words.subjects.length] ?? 'order';
  const area = words.areas[index % words.areas.length] ?? 'sales';
  const name = `${subject}-${Math.floor(index / words.subjects.length)}`;
  const entities = [subject, ...choice.some(words.parts, counts.entities - 1).map((part) => `${subject}-${part}`)];
  return { name, folder: `${area}/${name}`, entities, fields: new Map(entities.map((entity) => [entity, fieldsOf(choice)])), seed: index + 1 };
}

function fieldsOf(choice: Choice): Field[] {
  const texts = choice.some(words.fieldNames, choice.between(3, 6)).map((name): Field => ({ name, type: 'string', optional: choice.next() < 0.2 }));
  const numbers = choice.some(words.numberNames, choice.between(1, 3)).map((name): Field => ({ name, type: 'number', optional: false }));
  return [...texts, ...numbers, { name: 'active', type: 'boolean', optional: false }, { name: 'createdAt', type: 'Date', optional: false }, { name: 'tags', type: 'string[]', optional: choice.next() < 0.5 }];
}

/** Text by path from src. @param before the domain made before it, which it uses; @param large whether it has a 1,500-line module, in place of a small one */
export function domainFiles(domain: Domain, before: Domain | undefined, large: boolean): Map<string, string> {
  const choice = new Choice(domain.seed * 7_919);
  const files = new Map<string, string>();
  const add = (file: string, lines: readonly (string | readonly string[])[]): void => void files.set(`${domain.folder}/${file}`, `${lines.flat().join('\n')}\n`);
  for (const entity of domain.entities) add(`models/${entity}.ts`, model(entity, domain, choice));
  for (const entity of domain.entities.slice(0, counts.repositories)) add(`repositories/${entity}-repository.ts`, repositoryFile(entity, domain));
  for (const [index, entity] of domain.entities.slice(0, counts.services).entries()) add(`services/${entity}-service.ts`, service(entity, index, domain, before, choice));
  for (const [index, entity] of domain.entities.slice(0, counts.handlers).entries()) add(`handlers/${entity}-handler.ts`, handlerFile(entity, domain, large && index === 0));
  for (const entity of domain.entities.slice(0, counts.utils - (large ? 1 : 0))) add(`utils/${entity}-format.ts`, format(entity, domain));
  for (const entity of domain.entities.slice(0, counts.tests)) add(`services/${entity}-service.test.ts`, test(entity, domain));
  add(`${domain.entities[0]}-cache.ts`, cacheFile(domain));
  if (large) add(`${domain.entities[0]}-fulfilment.ts`, fulfilmentFile(domain));
  add('index.ts', [
    ...domain.entities.map((entity) => `export * from './models/${entity}.js';`),
    ...domain.entities.slice(0, counts.services).map((entity) => `export { ${pascal(entity)}Service } from './services/${entity}-service.js';`),
    ...(large ? [`export { FulfilmentEngine, FulfilmentError } from './${domain.entities[0]}-fulfilment.js';`] : []),
  ]);
  return files;
}

function model(entity: string, domain: Domain, choice: Choice): string[] {
  const type = pascal(entity);
  const fields = domain.fields.get(entity) ?? [];
  const states = choice.some(['draft', 'open', 'pending', 'closed', 'archived', 'failed'], 4).map((state) => `'${state}'`);
  const other = domain.entities[(domain.entities.indexOf(entity) + 1) % domain.entities.length] ?? entity;
  const check = (field: Field): string => {
    const value = `value.${field.name}`;
    if (field.type === 'Date') return `  if (!(${value} instanceof Date) || Number.isNaN(${value}.getTime())) problems.push('${field.name} is not a date');`;
    if (field.type === 'string[]') return `  if (${value} !== undefined && !Array.isArray(${value})) problems.push('${field.name} is not a list');`;
    return `  if (typeof ${value} !== '${field.type}'${field.optional ? ` && ${value} !== undefined` : ''}) problems.push('${field.name} is not a ${field.type}');`;
  };
  return [
    `import type { ${pascal(other)} } from './${other}.js';`,
    '',
    `export type ${type}State = ${states.join(' | ')};`,
    '',
    `/** What is known of ${entity.replace('-', ' ')}s. */`,
    `export interface ${type} {`,
    '  id: string;',
    `  state: ${type}State;`,
    ...fields.map((field) => `  ${field.name}${field.optional ? '?' : ''}: ${field.type};`),
    `  ${camel(other)}Id?: ${pascal(other)}['id'];`,
    '}',
    '',
    `export type New${type} = Omit<${type}, 'id' | 'createdAt'>;`,
    '',
    `export function create${type}(id: string, values: New${type}): ${type} {`,
    '  return { ...values, id, createdAt: new Date() };',
    '}',
    '',
    `export function check${type}(value: Record<string, unknown>): string[] {`,
    '  const problems: string[] = [];',
    ...fields.map(check),
    '  return problems;',
    '}',
    '',
    `export function compare${type}s(one: ${type}, other: ${type}): number {`,
    `  return one.createdAt.getTime() - other.createdAt.getTime() || one.id.localeCompare(other.id);`,
    '}',
    '',
    `export const next${type}States: Readonly<Record<${type}State, readonly ${type}State[]>> = {`,
    ...states.map((state, index) => `  ${state.replaceAll("'", '')}: [${states.slice(index + 1).join(', ')}],`),
    '};',
  ];
}

function service(entity: string, index: number, domain: Domain, before: Domain | undefined, choice: Choice): string[] {
  const type = pascal(entity);
  const stored = domain.entities[index % counts.repositories] ?? entity;
  const numbers = (domain.fields.get(entity) ?? []).filter(({ type: kind }) => kind === 'number').map(({ name }) => name);
  const texts = (domain.fields.get(entity) ?? []).filter(({ type: kind, optional }) => kind === 'string' && !optional).map(({ name }) => name);
  const subject = domain.entities[0] ?? entity;
  // Two of twelve services read through the domain's cache; every third knows the domain next door, by its barrel.
  const cached = index < 2;
  const neighbour = index % 3 === 2 ? before?.entities[0] : undefined;
  const rate = choice.between(2, 30) / 100;
  return [
    "import { logger } from '../../../lib/logger.js';",
    `import { check${type}, compare${type}s, create${type}, next${type}States } from '../models/${entity}.js';`,
    `import type { New${type}, ${type}, ${type}State } from '../models/${entity}.js';`,
    `import { ${pascal(stored)}Repository } from '../repositories/${stored}-repository.js';`,
    ...(cached ? [`import { forget${pascal(subject)}, load${pascal(subject)}s } from '../${subject}-cache.js';`] : []),
    ...(neighbour && before ? [`import { compare${pascal(neighbour)}s } from '../../../${before.folder}/index.js';`, `import type { ${pascal(neighbour)} } from '../../../${before.folder}/index.js';`] : []),
    '',
    `const rate = ${rate};`,
    '',
    `export class ${type}Service {`,
    `  readonly #repository = new ${pascal(stored)}Repository();`,
    `  readonly #all = new Map<string, ${type}>();`,
    '  readonly #reminded = new Set<string>();',
    '',
    `  async create(values: New${type}): Promise<${type}> {`,
    `    const problems = check${type}({ ...values, createdAt: new Date() });`,
    "    if (problems.length > 0) throw new TypeError(problems.join('; '));",
    `    const created = create${type}(crypto.randomUUID(), values);`,
    '    this.#all.set(created.id, created);',
    `    logger.info('${entity} created', { id: created.id, ${numbers[0] ?? 'id'}: created.${numbers[0] ?? 'id'} });`,
    '    return created;',
    '  }',
    '',
    `  list(state?: ${type}State): ${type}[] {`,
    '    const all = [...this.#all.values()];',
    `    return (state ? all.filter((one) => one.state === state) : all).sort(compare${type}s);`,
    '  }',
    '',
    `  advance(id: string, to: ${type}State): ${type} {`,
    '    const one = this.#all.get(id);',
    "    if (!one) throw new RangeError(`there is no ${id}`);",
    `    if (!next${type}States[one.state].includes(to)) throw new RangeError(\`\${one.state} does not lead to \${to}\`);`,
    '    const advanced = { ...one, state: to };',
    '    this.#all.set(id, advanced);',
    '    return advanced;',
    '  }',
    '',
    '  totals(): Record<string, number> {',
    '    const totals: Record<string, number> = {};',
    '    for (const one of this.#all.values()) {',
    ...numbers.map((name) => `      totals['${name}'] = (totals['${name}'] ?? 0) + one.${name} * (1 + rate);`),
    '    }',
    '    return totals;',
    '  }',
    '',
    '  async remove(ids: readonly string[]): Promise<number> {',
    '    const removed = await this.#repository.del(ids);',
    '    for (const id of ids) {',
    '      this.#all.delete(id);',
    ...(cached ? [`      await forget${pascal(subject)}(id);`] : []),
    '    }',
    "    if (removed !== ids.length) logger.warn('some were gone', { removed, asked: ids.length });",
    '    return removed;',
    '  }',
    ...choice.some(serviceMethods(type, numbers, texts), 6).flatMap((method) => ['', ...method]),
    ...(cached ? ['', `  async refresh(ids: readonly string[]): Promise<number> {`, `    const loaded = await load${pascal(subject)}s(ids);`, '    return loaded.length;', '  }'] : []),
    ...(neighbour ? ['', `  latest(others: readonly ${pascal(neighbour)}[]): ${pascal(neighbour)} | undefined {`, `    return [...others].sort(compare${pascal(neighbour)}s).at(-1);`, '  }'] : []),
    '}',
  ];
}

function format(entity: string, domain: Domain): string[] {
  const type = pascal(entity);
  const fields = domain.fields.get(entity) ?? [];
  return [
    "import { format, formatDistanceToNowStrict } from 'date-fns';",
    `import type { ${type} } from '../models/${entity}.js';`,
    '',
    `/** One line of a list. */`,
    `export function format${type}(one: ${type}): string {`,
    '  const parts: string[] = [one.id, one.state];',
    ...fields.map(({ name, type: kind }) => {
      if (kind === 'Date') return `  parts.push(format(one.${name}, 'yyyy-MM-dd'), formatDistanceToNowStrict(one.${name}, { addSuffix: true }));`;
      if (kind === 'string[]') return `  if (one.${name}?.length) parts.push(one.${name}.join('|'));`;
      return `  if (one.${name} !== undefined) parts.push(String(one.${name}));`;
    }),
    "  return parts.join(' · ');",
    '}',
    '',
    `export function toCsv${type}(list: readonly ${type}[]): string {`,
    `  const head = '${['id', 'state', ...fields.map(({ name }) => name)].join(',')}';`,
    `  return [head, ...list.map((one) => [one.id, one.state, ${fields.map(({ name }) => `one.${name}`).join(', ')}].map((value) => JSON.stringify(String(value ?? ''))).join(','))].join('\\n');`,
    '}',
  ];
}

function test(entity: string, domain: Domain): string[] {
  const type = pascal(entity);
  const fields = domain.fields.get(entity) ?? [];
  const sample: Record<Field['type'], string> = { string: "'text'", number: '3', boolean: 'true', Date: 'new Date(0)', 'string[]': "['a', 'b']" };
  return [
    "import assert from 'node:assert';",
    "import { describe, it } from 'node:test';",
    `import { next${type}States } from '../models/${entity}.js';`,
    `import type { New${type}, ${type}State } from '../models/${entity}.js';`,
    `import { ${type}Service } from './${entity}-service.js';`,
    '',
    `const [first] = Object.keys(next${type}States) as ${type}State[];`,
    '',
    `const values = (): New${type} => ({`,
    "  state: first ?? (() => { throw new Error('no state'); })(),",
    ...fields.filter(({ name }) => name !== 'createdAt').map(({ name, type: kind }) => `  ${name}: ${sample[kind]},`),
    '});',
    '',
    `describe('${type}Service', () => {`,
    "  it('creates and lists', async () => {",
    `    const service = new ${type}Service();`,
    '    const created = await service.create(values());',
    '    assert.deepStrictEqual(service.list(), [created]);',
    '    assert.deepStrictEqual(service.list(created.state).length, 1);',
    '  });',
    '',
    "  it('advances along the states', async () => {",
    `    const service = new ${type}Service();`,
    '    const created = await service.create(values());',
    `    const [to] = next${type}States[created.state];`,
    "    if (!to) throw new Error('no way on');",
    '    assert.strictEqual(service.advance(created.id, to).state, to);',
    '    assert.throws(() => service.advance(created.id, created.state), RangeError);',
    '  });',
    ...['an empty list', 'one of many', 'all of them', 'what is not there', 'twice the same', 'an old one'].flatMap((what, index) => [
      '',
      `  it('removes ${what}', async () => {`,
      `    const service = new ${type}Service();`,
      `    const made = await Promise.all(Array.from({ length: ${index * 3} }, () => service.create(values())));`,
      `    const ids = made.slice(0, ${index}).map(({ id }) => id);`,
      '    const before = service.list();',
      "    assert.ok(before.every((one) => one.createdAt instanceof Date), 'dates are dates');",
      '    assert.strictEqual(before.length, made.length);',
      '    await service.remove(ids);',
      '    assert.deepStrictEqual(service.list().map(({ id }) => id).sort(), made.map(({ id }) => id).filter((id) => !ids.includes(id)).sort());',
      '    assert.ok(Object.values(service.totals()).every((total) => total >= 0));',
      '  });',
    ]),
    '});',
  ];
}
