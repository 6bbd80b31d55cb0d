import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatedFiles } from '../../scripts/lib/generated-files.ts';

it.each(generatedFiles('.'))('$file is what the rules and package.json make of it (npm run generate)', ({ file, text }) => {
  expect(text, 'the markers of a table are missing').toBeDefined();
  expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(text);
});
