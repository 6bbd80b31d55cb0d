/** `keyscope explain <rule>`: the rule's page, as text for a terminal, as the Markdown that it is for a file or a pipe. */
import { readFileSync } from 'node:fs';
import { assetFolder } from '../../analyzer/assets.ts';
import { ruleMetas } from '../../analyzer/rule-infos.ts';
import { didYouMean } from '../../config/nearest-names.ts';
import { CliError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { pageText } from '../report/page-text.ts';
import type { Terminal } from '../terminal.ts';

/** @throws CliError where there is no such rule */
export function explain(rule: string, terminal: Terminal): ExitCode {
  const names = ruleMetas().map(({ id }) => id);
  if (!names.includes(rule)) throw new CliError(`There is no rule "${rule}".${didYouMean(rule, names) || ' keyscope rules lists them.'}`);
  const page = readFileSync(`${assetFolder('pages')}/${rule}.md`, 'utf8');
  terminal.out(terminal.columns === undefined ? page : pageText(page, terminal.columns, terminal.colors));
  return exitCodes.clean;
}
