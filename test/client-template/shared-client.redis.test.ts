import { describe } from 'vitest';
import type { TemplateChoice } from '../../src/client-template/render.ts';
import { essentials, outages } from './behaviour.ts';

const libraries: Pick<TemplateChoice, 'library' | 'major'>[] = [{ library: 'ioredis', major: 6 }, { library: 'redis', major: 6 }];

for (const { library, major } of libraries) {
  describe(`${library} ${major}, ES module`, () => {
    const choice: TemplateChoice = { library, major, language: 'js', module: 'esm' };
    essentials(choice);
    outages(choice);
  });
  describe(`${library} ${major}, CommonJS`, () => essentials({ library, major, language: 'js', module: 'cjs' }));
  describe(`${library} ${major}, TypeScript`, () => essentials({ library, major, language: 'ts', module: 'esm' }));
}
