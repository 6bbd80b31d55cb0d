/** `keyscope rules`: what there is to be found, one line a rule. */
import stringWidth from 'string-width';
import { docsUrl, ruleMetas } from '../../analyzer/rule-infos.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { listFormats } from '../options.ts';
import type { Terminal } from '../terminal.ts';

export interface RulesCommandOptions {
  format: (typeof listFormats)[number];
}

/** The severity is that of the plain case, before any configuration. */
export function rules({ format }: RulesCommandOptions, terminal: Terminal): ExitCode {
  const metas = ruleMetas();
  if (format === 'json') {
    const listed = metas.map(({ id, severity, fix, category, summary }) => ({ id, severity, fix, category, summary, docs: docsUrl(id) }));
    terminal.out(`${JSON.stringify({ rules: listed }, undefined, 2)}\n`);
    return exitCodes.clean;
  }
  const rows = metas.map(({ id, severity, fix, summary }) => [id, severity, fix === 'none' ? '–' : fix, summary] as const);
  const width = (column: 0 | 1 | 2): number => Math.max(...rows.map((row) => stringWidth(row[column])));
  const [ids, severities, fixes] = [width(0), width(1), width(2)];
  for (const [id, severity, fix, summary] of rows) terminal.out(`${terminal.colors.bold(id.padEnd(ids))}  ${severity.padEnd(severities)}  ${fix.padEnd(fixes)}  ${summary}\n`);
  return exitCodes.clean;
}
