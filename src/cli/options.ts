/** Values of options, checked: each function takes what was typed and returns what it means, or throws a CliError. */
import { InvalidArgumentError } from 'commander';
import type { RuleConfig } from '../config/config.ts';
import { didYouMean } from '../config/nearest-names.ts';
import { isRuleSetting, ruleSettings, severities, type Severity } from '../config/severity.ts';
import { CliError } from './exit-codes.ts';

export const formats = ['stylish', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

/** Those of `calls` and `rules`. */
export const listFormats = ['stylish', 'json'] as const;

/** Those of `keyspace`. */
export const keyspaceFormats = ['table', 'json'] as const;

/** Options that `check`, `fix` and `calls` share. */
export interface CommonOptions {
  cwd: string;
  includeTests?: boolean;
  changedSince?: string;
  /** False for `--no-cache`. */
  cache?: boolean;
}

export interface FindingOptions extends CommonOptions {
  format: Format;
  rule: string[];
  failOn: Severity | 'never';
  minSeverity?: Severity;
  baseline?: string;
}

/** For repeatable options. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** An option whose value is one of a few. */
export function oneOf<T extends string>(allowed: readonly T[]): (value: string) => T {
  return (value) => {
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw new InvalidArgumentError(`It is one of ${allowed.join(', ')}.${didYouMean(value, allowed)}`);
    return found;
  };
}

/** An option that is a whole number from 1 up. */
export function positiveInteger(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1) throw new InvalidArgumentError('It is a whole number from 1 up.');
  return number;
}

export const failOnValues: readonly (Severity | 'never')[] = [...severities, 'never'];

export interface RuleSelection {
  /** To lay over every configuration file. */
  overrides: Record<string, RuleConfig>;
  /** Rules given without a severity: the only ones that run. Empty: all run. */
  only: string[];
}

/** `--rule id=severity` sets a severity, `--rule id` runs that rule (and others given so) alone. */
export function selectRules(given: readonly string[], names: readonly string[]): RuleSelection {
  const overrides: Record<string, RuleConfig> = {};
  const only: string[] = [];
  for (const entry of given) {
    const [id = '', severity] = entry.split('=');
    if (!names.includes(id)) {
      throw new CliError(`There is no rule "${id}".${didYouMean(id, names) || ` The rules are ${names.join(', ')}.`}`);
    }
    if (severity === undefined) only.push(id);
    else if (isRuleSetting(severity)) overrides[id] = { severity, options: undefined };
    else throw new CliError(`--rule ${entry}: the severity is one of ${ruleSettings.join(', ')}.${didYouMean(severity, ruleSettings)}`);
  }
  if (only.length > 0) {
    for (const name of names) {
      if (!only.includes(name) && !overrides[name]) overrides[name] = { severity: 'off', options: undefined };
    }
  }
  return { overrides, only };
}
