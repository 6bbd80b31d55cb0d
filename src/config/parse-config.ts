/** The text of a keyscope.config.json → what it says, and what is wrong with it, with the place of each mistake. */
import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { testsSettings, type RuleConfig, type RuleInfo, type RuleOption, type ServerConfig, type TestsSetting } from './config.ts';
import { didYouMean } from './nearest-names.ts';
import { presetNames } from './presets.ts';
import { isRuleSetting, ruleSettings } from './severity.ts';

/** As written; nothing merged or resolved. */
export interface ParsedConfig {
  extends: { name: string; start: number; end: number }[];
  rules: Record<string, RuleConfig>;
  include?: string[];
  exclude?: string[];
  overrides: { files: string[]; rules: Record<string, RuleConfig> }[];
  tests?: TestsSetting;
  /** As written: relative to the file. */
  sharedClientFolder?: string;
  baseline?: string;
  server?: ServerConfig;
}

/** A mistake in a configuration file; offsets are UTF-16 code units into its text. */
export interface ConfigProblem {
  file: string;
  start: number;
  end: number;
  /** 1-based; 0 where the file could not be read. */
  line: number;
  column: number;
  message: string;
}

const properties = ['$schema', 'extends', 'rules', 'include', 'exclude', 'overrides', 'tests', 'sharedClient', 'baseline', 'server'];

/**
 * Reads JSON with comments and trailing commas. What is wrong is reported and left out; the rest counts.
 * `knownRules` are all that `rules` may name.
 */
export function parseConfig(file: string, text: string, knownRules: readonly Pick<RuleInfo, 'id' | 'options'>[]): { config: ParsedConfig; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const ruleNames = knownRules.map(({ id }) => id);
  const config: ParsedConfig = { extends: [], rules: {}, overrides: [] };
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (text.trim() === '') {
    problems.push(problemAt(file, text, 0, 0, 'The file is empty; the least it can hold is {}.'));
    return { config, problems };
  }
  for (const [i, error] of errors.entries()) {
    if (error.offset === errors[i - 1]?.offset) continue; // what follows from the first
    problems.push(problemAt(file, text, error.offset, error.offset + error.length, `Not valid JSON: ${spaced(printParseErrorCode(error.error))}.`));
  }
  const root = tree && expectObject(tree, 'The configuration');
  if (!root) return { config, problems };

  for (const [name, node] of root) {
    switch (name) {
      case '$schema':
        break;
      case 'extends':
        for (const item of node.type === 'array' ? (node.children ?? []) : [node]) {
          const value = expectString(item, '"extends"', `a preset (${presetNames.join(', ')}), a path that begins with ./ or ../, or a list of those`);
          if (value !== undefined) config.extends.push({ name: value, start: item.offset, end: item.offset + item.length });
        }
        break;
      case 'rules':
        config.rules = readRules(node);
        break;
      case 'include':
      case 'exclude': {
        const globs = readGlobs(node, `"${name}"`);
        if (globs) config[name] = globs;
        break;
      }
      case 'overrides':
        readOverrides(node);
        break;
      case 'tests': {
        const value: unknown = getNodeValue(node);
        const setting = testsSettings.find((allowed) => allowed === value);
        if (setting) config.tests = setting;
        else report(node, `"tests" is one of ${quoted(testsSettings)}, not ${shown(node)}.`);
        break;
      }
      case 'sharedClient':
        for (const [key, value] of expectObject(node, '"sharedClient"') ?? []) {
          if (key === 'folder') config.sharedClientFolder = readFolder(value);
          else report(keyOf(value), `"sharedClient" has no "${key}", only "folder".`);
        }
        break;
      case 'baseline':
        config.baseline = expectString(node, '"baseline"', 'a path relative to this file');
        break;
      case 'server':
        config.server = readServer(node);
        break;
      default:
        report(keyOf(node), `There is no setting "${name}".${didYouMean(name, properties)} The settings are ${quoted(properties.slice(1))}.`);
    }
  }
  return { config, problems };

  function readFolder(node: Node): string | undefined {
    const folder = expectString(node, '"folder"', 'a folder relative to this file, such as "src/redis"');
    if (folder === undefined || isInside(folder)) return folder;
    report(node, `"folder" is a folder relative to this file and within its own, not ${shown(node)}.`);
    return undefined;
  }

  function readServer(node: Node): ServerConfig {
    const server: ServerConfig = {};
    for (const [key, value] of expectObject(node, '"server"') ?? []) {
      const set: unknown = getNodeValue(value);
      if (key === 'lowestVersion') {
        if (typeof set === 'string' && versionPattern.test(set)) server.lowestVersion = set;
        else report(value, `"lowestVersion" is the lowest version of Redis that the code runs against, such as "7.2", not ${shown(value)}.`);
      } else if (key === 'lazyfreeLazyUserDel') {
        if (typeof set === 'boolean') server.lazyfreeLazyUserDel = set;
        else report(value, `"lazyfreeLazyUserDel" is true or false, not ${shown(value)}.`);
      } else report(keyOf(value), `"server" has no "${key}", only "lowestVersion" and "lazyfreeLazyUserDel".`);
    }
    return server;
  }

  function readRules(node: Node): Record<string, RuleConfig> {
    const rules: Record<string, RuleConfig> = {};
    for (const [name, value] of expectObject(node, '"rules"') ?? []) {
      if (!ruleNames.includes(name)) {
        const near = didYouMean(name, ruleNames);
        report(keyOf(value), `There is no rule "${name}".${near || ` The rules are ${quoted(ruleNames)}.`}`);
        continue;
      }
      const setting = readRuleSetting(name, value);
      if (setting) rules[name] = setting;
    }
    return rules;
  }

  function readRuleSetting(name: string, node: Node): RuleConfig | undefined {
    const [severityNode, optionsNode, extra] = node.type === 'array' ? (node.children ?? []) : [node];
    const severity: unknown = severityNode ? getNodeValue(severityNode) : undefined;
    if (!isRuleSetting(severity) || extra) {
      report(node, `Rule "${name}" is set to one of ${quoted(ruleSettings)}, or [severity, { options }], not ${shown(node)}.`);
      return undefined;
    }
    if (optionsNode && optionsNode.type !== 'object') {
      report(optionsNode, `The options of rule "${name}" are an object, not ${shown(optionsNode)}.`);
      return undefined;
    }
    return { severity, options: optionsNode ? readOptions(name, optionsNode) : undefined };
  }

  function readOptions(name: string, node: Node): Record<string, RuleOption['default']> {
    const options = knownRules.find(({ id }) => id === name)?.options ?? {};
    const read: Record<string, RuleOption['default']> = {};
    for (const [key, value] of expectObject(node, `The options of rule "${name}"`) ?? []) {
      const option = Object.hasOwn(options, key) ? options[key] : undefined;
      const set: unknown = getNodeValue(value);
      if (!option) {
        const names = Object.keys(options);
        report(keyOf(value), `Rule "${name}" has no option "${key}"${names.length > 0 ? `, only ${quoted(names)}` : ', nor any other'}.${didYouMean(key, names)}`);
      } else if (isOptionValue(option, set)) read[key] = set;
      else report(value, `Option "${key}" of rule "${name}" is ${allowedValues(option)}, not ${shown(value)}.`);
    }
    return read;
  }

  function readOverrides(node: Node): void {
    if (node.type !== 'array') return report(node, `"overrides" is a list of { "files": [globs], "rules": {…} }, not ${shown(node)}.`);
    for (const item of node.children ?? []) {
      const entries = expectObject(item, 'An override');
      if (!entries) continue;
      const files = findNodeAtLocation(item, ['files']);
      const rules = findNodeAtLocation(item, ['rules']);
      for (const [name, value] of entries) {
        if (name !== 'files' && name !== 'rules') report(keyOf(value), `An override has no "${name}", only "files" and "rules".`);
      }
      if (!files || !rules) {
        report(item, `An override needs both "files" and "rules".`);
        continue;
      }
      const globs = readGlobs(files, '"files"');
      if (globs) config.overrides.push({ files: globs, rules: readRules(rules) });
    }
  }

  function readGlobs(node: Node, what: string): string[] | undefined {
    const items = node.type === 'array' ? (node.children ?? []) : [node];
    const globs = items.map((item) => expectString(item, what, 'a glob or a list of globs, such as "src/**/*.ts"'));
    return globs.every((glob) => glob !== undefined) ? globs : undefined;
  }

  function expectObject(node: Node, what: string): [string, Node][] | undefined {
    if (node.type !== 'object') {
      report(node, `${what} is an object { … }, not ${shown(node)}.`);
      return undefined;
    }
    return (node.children ?? []).flatMap((property): [string, Node][] => {
      const [key, value] = property.children ?? [];
      return key && value ? [[String(key.value), value]] : [];
    });
  }

  function expectString(node: Node, what: string, allowed: string): string | undefined {
    if (node.type === 'string' && typeof node.value === 'string' && node.value !== '') return node.value;
    report(node, `${what} is ${allowed}, not ${shown(node)}.`);
    return undefined;
  }

  function report(node: Node, message: string): void {
    problems.push(problemAt(file, text, node.offset, node.offset + node.length, message));
  }

  function shown(node: Node): string {
    const written = text.slice(node.offset, node.offset + node.length).replace(/\s+/g, ' ');
    return written.length > 40 ? `${written.slice(0, 39)}…` : written;
  }
}

export function problemAt(file: string, text: string, start: number, end: number, message: string): ConfigProblem {
  const before = text.slice(0, start);
  const line = before.split('\n').length;
  return { file, start, end, line, column: start - (before.lastIndexOf('\n') + 1) + 1, message };
}

function keyOf(value: Node): Node {
  return value.parent?.children?.[0] ?? value;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** `7.2`, or `8`. */
export const versionPattern = /^\d{1,3}(?:\.\d{1,3})?$/;

function isOptionValue(option: RuleOption, value: unknown): value is RuleOption['default'] {
  if (option.kind === 'integer') return Number.isInteger(value) && (value as number) >= option.minimum;
  if (option.kind === 'strings') return Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '');
  return typeof value === 'boolean';
}

function allowedValues(option: RuleOption): string {
  if (option.kind === 'integer') return `a whole number from ${option.minimum} on`;
  return option.kind === 'strings' ? 'a list of texts' : 'true or false';
}

/** Whether a path leads down from where it begins. */
export function isInside(folder: string): boolean {
  const path = folder.replaceAll('\\', '/');
  return !/^(?:\/|[A-Za-z]:)/.test(path) && !path.split('/').includes('..');
}

/** `PropertyNameExpected` → `property name expected`. */
function spaced(code: string): string {
  return code.replace(/\B[A-Z]/g, ' $&').toLowerCase();
}
