/** What is kept of a check: what was found, and which fixes there are, without their edits. */
import type { Stats } from '../analyzer.ts';
import type { Finding, Fix } from '../finding.ts';

export interface KeptCheck {
  findings: Finding[];
  /** For each finding; `edits` and `claims` are left out, for they are computed against the text of the day. */
  fixes: KeptFix[][];
  stats: KeptStats;
}

export type KeptFix = Pick<Fix, 'id' | 'title' | 'kind' | 'keeps'>;
/** What does not change from run to run. */
export type KeptStats = Omit<Stats, 'ms' | 'peakRssMb'>;

export const keptFix = ({ id, title, kind, keeps }: Fix): KeptFix => ({ id, title, kind, keeps });

/** Whether a value read from a file has the form that the report counts on. */
export function isKeptCheck(value: unknown): value is KeptCheck {
  if (!isRecord(value) || !isRecord(value['stats'])) return false;
  const { findings, fixes } = value;
  return Array.isArray(findings) && Array.isArray(fixes) && findings.length === fixes.length && findings.every(isFinding) && fixes.every((list) => Array.isArray(list) && list.every(isFix));
}

function isFinding(value: unknown): boolean {
  return isRecord(value) && typeof value['rule'] === 'string' && typeof value['severity'] === 'string' && typeof value['message'] === 'string' && isPlace(value) && Array.isArray(value['related']) && value['related'].every(isPlace);
}

const isPlace = (value: unknown): boolean => isRecord(value) && typeof value['file'] === 'string' && typeof value['start'] === 'number' && typeof value['end'] === 'number';

const isFix = (value: unknown): boolean => isRecord(value) && typeof value['title'] === 'string' && typeof value['kind'] === 'string' && isRecord(value['keeps']);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
