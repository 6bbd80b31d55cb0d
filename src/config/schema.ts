/** The JSON schema of keyscope.config.json, for editors; made from the rules (scripts/generate.ts writes it). */
import { defaultLowestVersion, testsSettings, type RuleOption } from './config.ts';
import { versionPattern } from './parse-config.ts';
import { presetNames } from './presets.ts';
import { ruleSettings } from './severity.ts';

export interface DescribedRule {
  id: string;
  summary: string;
  severity: string;
  options?: Readonly<Record<string, RuleOption>>;
}

/** A draft-07 schema; what it accepts is what `parseConfig` accepts (a test holds them to each other). */
export function configSchema(rules: readonly DescribedRule[]): object {
  const globs = { anyOf: [{ $ref: '#/definitions/glob' }, { type: 'array', items: { $ref: '#/definitions/glob' } }] };
  const extended = {
    anyOf: [{ enum: [...presetNames] }, { type: 'string', pattern: '^(\\.\\.?/|/|[A-Za-z]:[\\\\/])' }],
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'keyscope.config.json',
    description: 'Configuration of Keyscope, for the editor and the command line alike. The nearest file wins; globs are relative to it.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      extends: {
        description: 'Presets, or other configuration files by a path relative to this one. A later one wins over an earlier one, this file over all.',
        anyOf: [extended, { type: 'array', items: extended }],
      },
      rules: { $ref: '#/definitions/rules' },
      include: { description: 'Only these files are analysed. Default: every source file.', ...globs },
      exclude: { description: 'These files and folders are left out, besides what .gitignore leaves out and build output.', ...globs },
      overrides: {
        description: 'Other settings of rules for some files; a later entry wins over an earlier one.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['files', 'rules'],
          properties: { files: globs, rules: { $ref: '#/definitions/rules' } },
        },
      },
      tests: {
        description: 'Findings in test files and one-off scripts: `lower` makes them hints, `include` leaves their severity.',
        enum: [...testsSettings],
        default: 'lower',
      },
      sharedClient: {
        description: 'The file of the shared Redis client, which the fix of no-client-per-request writes.',
        type: 'object',
        additionalProperties: false,
        properties: { folder: { description: 'Its folder, relative to this file and within its own.', type: 'string', pattern: '^(?![/\\\\]|[A-Za-z]:)(?!(?:.*[/\\\\])?\\.\\.(?:[/\\\\]|$)).+$' } },
      },
      baseline: { description: 'File of findings that are accepted for now (`keyscope check --write-baseline` makes it).', type: 'string', minLength: 1 },
      server: {
        description: 'The Redis servers that the code runs against.',
        type: 'object',
        additionalProperties: false,
        properties: {
          lowestVersion: { description: 'The lowest version among them: what fixes may count on.', type: 'string', pattern: versionPattern.source, default: defaultLowestVersion },
          lazyfreeLazyUserDel: { description: 'Whether lazyfree-lazy-user-del is on: DEL then frees memory in the background, as UNLINK does.', type: 'boolean', default: false },
        },
      },
    },
    definitions: {
      glob: { type: 'string', minLength: 1 },
      severity: { enum: [...ruleSettings] },
      rules: {
        description: 'Severity of each rule, or [severity, options].',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.map((rule) => [rule.id, { description: `${rule.summary} Default: ${rule.severity}.`, anyOf: [{ $ref: '#/definitions/severity' }, withOptions(rule)] }]),
        ),
      },
    },
  };
}

/** `["error", { … }]`. */
function withOptions({ options = {} }: DescribedRule): object {
  const properties = Object.fromEntries(Object.entries(options).map(([name, option]) => [name, optionSchema(option)]));
  return { type: 'array', items: [{ $ref: '#/definitions/severity' }, { type: 'object', additionalProperties: false, properties }], additionalItems: false, minItems: 1 };
}

function optionSchema(option: RuleOption): object {
  const { description } = option;
  if (option.kind === 'integer') return { description, type: 'integer', minimum: option.minimum, default: option.default };
  if (option.kind === 'strings') return { description, type: 'array', items: { type: 'string', minLength: 1 }, default: option.default };
  return { description, type: 'boolean', default: option.default };
}
