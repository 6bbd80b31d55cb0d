/** Ready-made settings that `extends` may name. They are made from the rules' own defaults, so a new rule is in them by itself. */
import type { RuleConfig, RuleInfo } from './config.ts';
import { raised } from './severity.ts';

export const presetNames = ['keyscope:recommended', 'keyscope:strict'] as const;

/** The rules of a preset: `recommended` leaves each at its default; `strict` makes each one step graver. Undefined for another name. */
export function presetRules(name: string, rules: readonly RuleInfo[]): Record<string, RuleConfig> | undefined {
  switch (name) {
    case 'keyscope:recommended':
      return {};
    case 'keyscope:strict':
      return Object.fromEntries(rules.map(({ id, severity }) => [id, { severity: raised(severity), options: undefined }]));
    default:
      return undefined;
  }
}
