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
  server?: ServerConfig;
}

/** What the configuration says of the Redis servers that the code runs against. */
export interface ServerConfig {
  /** The lowest version among them, `major.minor`. */
  lowestVersion?: string;
  /** `lazyfree-lazy-user-del` is on: DEL frees memory in the background, as UNLINK does. */
  lazyfreeLazyUserDel?: boolean;
}

/** What is counted on where `server.lowestVersion` says nothing: the oldest that is still met in managed services. */
export const defaultLowestVersion = '6.2';

export interface RuleConfig {
  /** `undefined`: the rule's own. */
  severity: Severity | 'off' | undefined;
  /** Those given. */
  options: RuleOptions | undefined;
}

export type TestsSetting = 'lower' | 'include';
export const testsSettings: readonly TestsSetting[] = ['lower', 'include'];

/** What the configuration layer must know of a rule; it knows no rules itself. */
export interface RuleInfo {
  id: string;
  severity: Severity;
  options?: Readonly<Record<string, RuleOption>>;
}

/** An option of a rule: what it may be, and is where nothing says it. Where a rule is to keep quiet is no option but one of `overrides`. */
export type RuleOption = { description: string } & ({ kind: 'boolean'; default: boolean } | { kind: 'integer'; default: number; minimum: number } | { kind: 'strings'; default: readonly string[] });

/** The values of all options of a rule, given ones and defaults. */
export type RuleOptions = Readonly<Record<string, RuleOption['default']>>;
