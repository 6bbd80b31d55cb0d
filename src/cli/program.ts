/** The commands and their options, as `--help` shows them. Those that need the compiler are loaded when they run. */
import { Command, Option } from 'commander';
import { existsSync } from 'node:fs';
import type { CallsCommandOptions } from './commands/calls.ts';
import { check, type CheckCommandOptions } from './commands/check.ts';
import { explain } from './commands/explain.ts';
import type { FixCommandOptions } from './commands/fix.ts';
import type { KeyspaceCommandOptions } from './commands/keyspace.ts';
import { rules, type RulesCommandOptions } from './commands/rules.ts';
import { CliError, type ExitCode } from './exit-codes.ts';
import { collect, failOnValues, formats, keyspaceFormats, listFormats, oneOf, positiveInteger } from './options.ts';
import { didYouMean } from '../config/nearest-names.ts';
import { severities } from '../config/severity.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

const exitCodeHelp = `
Exit codes:
  0  clean
  1  findings at or above --fail-on
  2  usage or configuration error
  3  could not run (I/O, server, internal error)
`;

/** @param done is told the exit code of the command that ran */
export function createProgram(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command('keyscope')
    .description('Finds Redis anti-patterns in TypeScript and JavaScript, fixes them, and shows what a server holds.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .showHelpAfterError('Run with --help to see what there is.')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: (message, write) => write(message.replace(/^error: /, 'keyscope: ')) })
    .exitOverride()
    .addHelpText('after', `${exitCodeHelp}\nConfiguration is read from the nearest keyscope.config.json.`);

  findingOptions(common(program.command('check').description('report findings; the default paths are the working directory'), formats))
    .option('--with-fixes', 'give the edits of each fix (json, sarif)')
    .option('--write-baseline', 'accept all present findings in the file of --baseline')
    .addHelpText('after', `${exitCodeHelp}
Examples:
  keyscope check
  keyscope check src --rule no-keys=error --fail-on error
  keyscope check --format sarif > keyscope.sarif
  keyscope check --changed-since main`)
    .action(async (paths: string[], options: CheckCommandOptions) => done(await check(paths, options, terminal)));

  findingOptions(common(program.command('fix').description('apply the safe fixes; with --suggest --rule also that rule\'s suggestions'), formats))
    .option('--suggest', 'apply the first suggestion where there is no safe fix; needs --rule <rule>')
    .option('--dry-run', 'print a unified diff and write nothing')
    .addHelpText('after', `${exitCodeHelp}
Examples:
  keyscope fix
  keyscope fix src --suggest --rule no-command-in-loop --dry-run
  keyscope fix --dry-run | git apply`)
    .action(async (paths: string[], options: FixCommandOptions) => {
      const { fix } = await import('./commands/fix.ts');
      done(await fix(paths, options, terminal));
    });

  common(program.command('calls').description('list every Redis command in the code'), listFormats)
    // It is about findings; taken, and of no effect, since it was offered here once.
    .addOption(new Option('--include-tests').hideHelp())
    .action(async (paths: string[], options: CallsCommandOptions) => {
      const { calls } = await import('./commands/calls.ts');
      done(await calls(paths, options, terminal));
    });

  formatted(program.command('rules').description('list the rules: severity, kind of fix, what each finds'), listFormats)
    .action((options: RulesCommandOptions) => done(rules(options, terminal)));

  program
    .command('explain <rule>')
    .description('show the page of a rule')
    .action((rule: string) => done(explain(rule, terminal)));

  program
    .command('keyspace')
    .argument('[url]', 'redis://, rediss://, unix:// or host:port; default $REDIS_URL, else redis://localhost:6379')
    .description('show what a server holds, by namespace: keys, memory, types, encodings, missing TTLs')
    .addOption(new Option('-f, --format <format>', 'how to write it').choices([...keyspaceFormats]).default('table'))
    .option('--depth <n>', 'how many segments of a name make a namespace', positiveInteger, 1)
    .addOption(new Option('--delimiter <text>', 'what ends a segment (repeatable; default ":")').argParser(collect).default([], '":"'))
    .option('--match <glob>', 'only keys that match, as for SCAN')
    .option('--type <type>', 'only keys of a type: string, hash, list, set, zset, stream')
    .option('--sample <keys>', 'count every key, and inspect about so many', positiveInteger)
    .option('--top <n>', 'namespaces in the table', positiveInteger, 40)
    .option('--cacert <file>', 'certificate authority, for rediss://')
    .option('--cert <file>', 'client certificate')
    .option('--key <file>', 'its private key')
    .option('--sni <name>', 'name that the certificate has')
    .option('--insecure', 'accept any certificate')
    .addHelpText('after', `
Nothing is written, and no call holds the server for long (SCAN, never KEYS). A password that the address lacks is taken
from REDISCLI_AUTH, as redis-cli does.

Examples:
  keyscope keyspace
  keyscope keyspace redis://reader@cache.example:6379 --depth 2 --match 'user:*'
  keyscope keyspace --sample 10000 --format json`)
    .action(async (url: string | undefined, options: KeyspaceCommandOptions) => {
      const { keyspace } = await import('./commands/keyspace.ts');
      done(await keyspace(url, options, terminal));
    });

  program
    .command('lsp')
    .description('run the language server, for any editor')
    .option('--stdio', 'talk over standard input and output (the default)')
    .option('--node-ipc', 'talk over the IPC channel of Node')
    .option('--clientProcessId <pid>', 'end when this process ends')
    .action(async (options: { nodeIpc?: boolean }) => {
      const { startServer } = await import('../lsp/start-server.ts');
      startServer(options.nodeIpc ? 'node-ipc' : 'stdio');
    });

  program.on('command:*', ([name = '']: string[]) => {
    if (existsSync(name)) throw new CliError(`There is no command "${name}", but such a path: did you mean keyscope check ${name}?`);
    const names = program.commands.map((command) => command.name());
    throw new CliError(`There is no command "${name}".${didYouMean(name, names) || ` The commands are ${names.join(', ')}.`}`);
  });
  return program;
}

function formatted(command: Command, allowed: readonly string[]): Command {
  return command.addOption(new Option('-f, --format <format>', 'how to write it').choices([...allowed]).default('stylish'));
}

function common(command: Command, allowed: readonly string[]): Command {
  return formatted(command.argument('[paths...]', 'files and folders; default .'), allowed)
    .option('--cwd <folder>', 'work as if started there', '.')
    .option('--changed-since <ref>', 'only files that changed since this branch left a git reference')
    .option('--no-cache', 'analyse everything anew, and keep nothing of it for the next run');
}

function findingOptions(command: Command): Command {
  return command
    .option('--include-tests', 'leave the severity of findings in tests and one-off scripts, else lowered to hint')
    .addOption(new Option('--rule <rule>', 'id=severity sets a rule; id alone runs only rules given so (repeatable)').argParser(collect).default([], 'all'))
    .option('--fail-on <severity>', `exit with 1 from this severity on: ${failOnValues.join(', ')}`, oneOf(failOnValues), 'warning')
    .option('--min-severity <severity>', 'show from this severity on (default: information for stylish and github, hint for json and sarif)', oneOf(severities))
    .option('--baseline <file>', 'leave out the findings that this file accepts');
}
