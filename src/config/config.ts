/** `keyscope.config.json`, resolved: what the engine needs to know for one file. */
import type { Severity } from './severity.ts';

export interface Config {
  /** Rule id → severity or off, with options; overrides already applied for the file asked about. A rule not named has its own default. */
  rules: Readonly<Record<string, RuleConfig>>;
  /** Globs relative to `base`; empty means everything. */
  include: readonly string[];
  exclude: readonly string[];
  /** The folder of the configuration file (absolute, with `/`); undefined where there is none: then the root. */
  base?: string;
  /** Test files and one-off scripts: findings lowered to `hint` (the default), or left as they are. */
  tests?: TestsSetting;
  /** Absolute folder that the shared Redis client is written to; undefined where nothing says it. */
  sharedClientFolder?: string;
  /** Absolute path of the file of accepted findings. */
  baseline?: string;
}

export interface RuleConfig {
  /** `undefined`: the rule's own. */
  severity: Severity | 'off' | undefined;
  options: unknown;
}

export type TestsSetting = 'lower' | 'include';
export const testsSettings: readonly TestsSetting[] = ['lower', 'include'];

/** What the configuration layer must know of a rule; it knows no rules itself. */
export interface RuleInfo {
  id: string;
  severity: Severity;
}
