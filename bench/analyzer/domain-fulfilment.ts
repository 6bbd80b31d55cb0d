/**
 * The large file of a domain: a module of some 1,500 lines as services grow them, prices, stock, parcels, jobs and the class that ties them
 * together, in which Redis is used where such code uses it, soundly and not. Its text is in fulfilment/, with the domain's names left out.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Domain } from './domain.ts';
import { camel, pascal } from './words.ts';

const folder = join(import.meta.dirname, 'fulfilment');
/** Said once for each model of the domain. */
const partTemplate = '09-part.txt';

export function fulfilmentFile(domain: Domain): string[] {
  const [subject = '', ...parts] = domain.entities;
  const names: Readonly<Record<string, string>> = { Subject: pascal(subject), subject: camel(subject), file: subject, namespace: `${domain.name}:fulfilment`, text: firstOf(domain, subject, 'string') };
  const sections = readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8').trimEnd();
      if (name !== partTemplate) return [filled(text, names)];
      return parts.map((part) => filled(text, { ...names, Part: pascal(part), parts: `${part.replaceAll('-', ' ')}s`, partNumber: firstOf(domain, part, 'number'), partText: firstOf(domain, part, 'string') }));
    });
  return [...imports(subject, parts), ...sections.flatMap((section) => ['', ...section.split('\n')])];
}

function imports(subject: string, parts: readonly string[]): string[] {
  const type = pascal(subject);
  return [
    "import { addDays, addHours, addMinutes, differenceInCalendarDays, differenceInMinutes, endOfDay, format, isAfter, isBefore, isWeekend, startOfDay, subDays } from 'date-fns';",
    "import type { Redis } from 'ioredis';",
    "import { z } from 'zod';",
    "import { NotFound } from '../../lib/errors.js';",
    "import { logger } from '../../lib/logger.js';",
    "import { redis } from '../../lib/redis.js';",
    `import { check${type}, next${type}States } from './models/${subject}.js';`,
    `import type { ${type} } from './models/${subject}.js';`,
    ...parts.flatMap((part) => [`import { compare${pascal(part)}s, next${pascal(part)}States } from './models/${part}.js';`, `import type { ${pascal(part)} } from './models/${part}.js';`]),
    `import { ${type}Repository } from './repositories/${subject}-repository.js';`,
  ];
}

/** A field that is always there; `id` where no text is. */
function firstOf(domain: Domain, entity: string, type: 'string' | 'number'): string {
  return domain.fields.get(entity)?.find((field) => field.type === type && !field.optional)?.name ?? 'id';
}

/** @throws RangeError for a name that a template has and `names` does not */
function filled(template: string, names: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new RangeError(`no value for {{${name}}}`);
    return value;
  });
}
