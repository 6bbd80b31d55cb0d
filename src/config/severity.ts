/** As LSP names them. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Gravest first. */
export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** What a rule can be set to. */
export const ruleSettings: readonly (Severity | 'off')[] = [...severities, 'off'];

export function isRuleSetting(value: unknown): value is Severity | 'off' {
  return typeof value === 'string' && (ruleSettings as readonly string[]).includes(value);
}

/** Whether a severity is as grave as another or graver. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(least);
}

/** One step graver; an error stays one. */
export function raised(severity: Severity): Severity {
  return severities[Math.max(0, severities.indexOf(severity) - 1)] ?? 'error';
}
