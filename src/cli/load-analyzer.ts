/** The analyzer over a session's files. It brings the compiler with it, so it is loaded only by those who need it. */
import { setFlagsFromString } from 'node:v8';
import type { RecordingAnalyzer } from '../analyzer/analyzer.ts';
import type { CheckCache } from '../analyzer/cache/check-cache.ts';
import type { EarlierCheck } from '../analyzer/check-record.ts';
import { diskSource } from '../analyzer/program/disk-source.ts';
import type { Session } from './session.ts';

/**
 * A check runs for a second or two, in which most of what V8 optimizes is never worth it. Some four times the default of V8 11 took a fifth of the
 * processor's time off a cold check of 2,000 files.
 */
const optimizeLate = '--interrupt-budget=600000';

/** The young generation stays at what it has grown to by now: 31 MB less at the peak of the same check, for some 5 % more of the processor's time. */
const growNoMore = '--semi-space-growth-factor=1';

/** @param cache is told what the analysis takes from the disk @param earlier what it may keep of an earlier check */
export async function loadAnalyzer({ root, configs, progress }: Session, cache?: CheckCache, earlier?: EarlierCheck): Promise<RecordingAnalyzer> {
  setFlagsFromString(optimizeLate);
  setFlagsFromString(growNoMore);
  const { createAnalyzer } = await import('../analyzer/create-analyzer.ts');
  const source = {
    read(file: string): string | undefined {
      progress.reading();
      return diskSource.read(file);
    },
  };
  return createAnalyzer({ root, configFor: (file) => configs.configFor(file), trace: cache?.trace, earlier }, cache?.reading(source) ?? source);
}
