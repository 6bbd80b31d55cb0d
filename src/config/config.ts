/** `keyscope.config.json`, resolved: what the engine needs to know for one file. */
import type { Severity } from './severity.ts';

export interface Config {
  /** Rule id → severity or off, with options; overrides already applied for the file asked about. */
  rules: Readonly<Record<string, { severity: Severity | 'off' | undefined; options: unknown }>>;
  /** Globs relative to `base`; empty means everything. */
  include: readonly string[];
  exclude: readonly string[];
  /** The folder of the configuration file (absolute, with `/`); undefined where there is none: then the root. */
  base?: string;
}
