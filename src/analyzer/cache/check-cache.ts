/** A check's outcome from one run to the next, and what helps where the outcome does not stand. Loads neither the rules nor the compiler. */
import type { Config } from '../../config/config.ts';
import type { FileSource } from '../analyzer.ts';
import type { CheckRecord, EarlierCheck } from '../check-record.ts';
import type { Finding } from '../finding.ts';
import { discoverFiles } from '../program/discover-files.ts';
import type { Trace } from '../program/trace.ts';
import { buildIdentity } from './build-identity.ts';
import { CacheFile } from './cache-file.ts';
import { compare, type Comparison } from './compare.ts';
import { decodeRecord, encodeRecord } from './encode-record.ts';
import { decodeSnapshot, encodeSnapshot } from './encode-snapshot.ts';
import type { KeptCheck } from './kept-check.ts';
import { Recorder } from './recorder.ts';
import type { Snapshot } from './snapshot.ts';
import { digestOf } from './stamp.ts';

export interface CheckCacheOptions {
  /** Where caches are kept. */
  folder: string;
  /** The folder that is analysed: absolute, with `/`. */
  root: string;
  /** Of Keyscope. */
  version: string;
  /** All that the outcome depends on besides files: as JSON, equal for equal checks. */
  question: unknown;
  configFor(file: string): Config;
  /** The configuration files looked for so far, and each one's text. */
  configs: { read(file: string): string | undefined; all(): Iterable<[file: string, text: string | undefined]> };
}

export interface CheckCache {
  /** What the check would find; undefined where it has to be made. */
  kept: KeptCheck | undefined;
  /** For the analyzer that makes it. */
  trace: Trace;
  /** What it may keep of the last one; undefined where nothing. Not for whoever wants the edits of fixes. */
  earlier: EarlierCheck | undefined;
  /** What the last one said, where that may be kept. */
  last: KeptCheck | undefined;
  /** For its texts. */
  reading(source: FileSource): FileSource;
  /** For the next run. Never throws. @param record what the check was made of; undefined where that is not known */
  keep(check: KeptCheck, record: CheckRecord | undefined): void;
}

/** To be opened when the configurations of the root are known to be sound. */
export function openCheckCache({ folder, root, version, question, configFor, configs }: CheckCacheOptions): CheckCache {
  const takenAt = Date.now();
  const file = new CacheFile(folder, { root, question }, { format: 2, version, build: buildIdentity() });
  const discovered = discoverFiles({ root, configFor });
  const before = readSnapshot(file, root);
  const comparison = before && compare(before, discovered, (config) => configs.read(config));
  if (before && comparison?.stands) {
    if (comparison.isNews) write(file, { ...before, takenAt, files: comparison.files, scanOf: comparison.scanOf }, root);
    else file.touch();
  }
  const recorder = new Recorder(discovered, comparison ?? nothing);
  const earlier = before && comparison?.changed && !comparison.stands ? earlierCheck(before, comparison.changed, recorder, root) : undefined;
  return {
    earlier,
    last: earlier && before?.check,
    kept: comparison?.stands ? before?.check : undefined,
    trace: recorder,
    reading: (source) => recorder.reading(source),
    keep(check, record) {
      const recorded = recorder.recorded(earlier ? before : undefined);
      if (!recorded) return;
      const digests = new Map([...configs.all()].map(([config, text]): [string, string | null] => [config, digestOf(text)]));
      write(file, { takenAt, discovered, configs: digests, check, record: () => (record ? encodeRecord(record, root) : ''), ...recorded }, root);
    },
  };
}

const nothing: Pick<Comparison, 'files' | 'scanOf'> = { files: new Map(), scanOf: () => undefined };

function readSnapshot(file: CacheFile, root: string): Snapshot | undefined {
  const [state, scans, record] = file.read() ?? [];
  if (!state || !scans || !record) return undefined;
  try {
    return decodeSnapshot(state(), scans, record, root);
  } catch {
    return undefined;
  }
}

function earlierCheck({ check, record: text }: Snapshot, changed: ReadonlySet<string>, recorder: Recorder, root: string): EarlierCheck | undefined {
  try {
    const record = decodeRecord(text(), root);
    const byFile = new Map<string, Finding[]>();
    for (const finding of check.findings) {
      const list = byFile.get(finding.file);
      if (list) list.push(finding);
      else byFile.set(finding.file, [finding]);
    }
    return { record, program: record.program, changed, isSameScan: (file) => recorder.isSameScan(file), findings: (file) => byFile.get(file) ?? [], syntaxErrors: check.stats.syntaxErrors ?? [] };
  } catch {
    return undefined;
  }
}

/** Never throws: there may be more than fits into a string. */
function write(file: CacheFile, snapshot: Snapshot, root: string): void {
  try {
    const texts = encodeSnapshot(snapshot, root);
    if (texts) file.write(texts);
  } catch {
    // The next run begins anew.
  }
}
