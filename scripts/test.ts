/** `npm test`: every stage, even after a failure, with a line each; the last line is `N passed, N failed`. `npm test -- unit redis` runs those alone. */
import { stages } from './lib/test-stages.ts';
import type { Stage } from './lib/test-stages.ts';

function usage(): string {
  const width = Math.max(...stages.map((stage) => stage.name.length));
  return ['Usage: npm test [-- stage…]', 'Stages, in order:', ...stages.map((stage) => `  ${stage.name.padEnd(width)}  ${stage.what}`)].join('\n');
}

function select(names: readonly string[]): Stage[] {
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(`There is no stage ${unknown.join(', ')}.\n${usage()}`);
    process.exit(2);
  }
  return stages.filter((stage) => names.length === 0 || names.includes(stage.name));
}

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  if (names.includes('--help') || names.includes('-h')) {
    console.log(usage());
    return;
  }
  const chosen = select(names);
  const width = Math.max(...chosen.map((stage) => stage.name.length));
  let passed = 0;
  let failed = 0;
  for (const stage of chosen) {
    if (process.stdout.isTTY) process.stdout.write(`… ${stage.name.padEnd(width)}  ${stage.what}`);
    const started = Date.now();
    const result = await stage.run();
    passed += result.passed;
    failed += result.failed;
    const seconds = ((Date.now() - started) / 1_000).toFixed(1);
    const counts = [`${result.passed} passed`, `${result.failed} failed`, ...(result.skipped > 0 ? [`${result.skipped} skipped`] : [])].join(', ');
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
    console.log(`${result.failed > 0 ? '✗' : '✓'} ${stage.name.padEnd(width)}  ${counts}  (${seconds} s: ${stage.what})`);
    if (result.failed > 0) console.log(result.output.trimEnd().replace(/^/gm, '    '));
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

// Ctrl-C: the exit handlers end what is running.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
