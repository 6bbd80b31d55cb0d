/** A rule is one declarative object: what it is (`meta`), and a pure function from facts to problems. */
import type ts from 'typescript';
import type { Workspace } from '../workspace/workspace.ts';
import type { RegionFacts } from '../facts/calls/file-facts.ts';
import type { RuleOption, RuleOptions } from '../../config/config.ts';
import type { FixKeeps, FixKind, Severity } from '../finding.ts';

export interface RuleMeta {
  id: string;
  /** One line for the README table, SARIF and the schema. */
  summary: string;
  severity: Severity;
  fix: FixKind | 'none';
  /** Round trips and latency · Memory and data modelling · Correctness · Cluster · Security */
  category: 'latency' | 'memory' | 'correctness' | 'cluster' | 'security';
  /**
   * The least sure receiver that it speaks of; default `flow`. `name` only where the finding would be right whatever else the client is: one with
   * a key prefix, of a cluster, behind a wrapper.
   */
  confidence?: 'name';
  /** What its findings are about is still there, but not for long: editors strike it through. */
  tag?: 'deprecated';
  /** By name; `docs/configuration.md` says how they are given. */
  options?: Readonly<Record<string, RuleOption>>;
}

export interface TextEdit {
  sourceFile: ts.SourceFile;
  start: number;
  end: number;
  text: string;
}

/** A file that the fix makes; refused where it exists. */
export interface FileCreation {
  file: string;
  text: string;
}

/** A fix that is known to be right here; made by a planner in `fixes/`, which returns none where it cannot be. */
export interface FixPlan {
  id: string;
  title: string;
  kind: FixKind;
  keeps: FixKeeps;
  edits: readonly (TextEdit | FileCreation)[];
}

export interface Problem {
  /** Where the finding stands; see RedisCall.nameNode. */
  node: ts.Node;
  /** One sentence: what it costs and what to do. Made when it is shown, where it names a place. */
  message: string | (() => string);
  /** Nodes whose places the message names. */
  mentions?: readonly ts.Node[];
  /** Where it differs from the rule's own. */
  severity?: Severity;
  related?: readonly { node: ts.Node; message: string }[];
  /** Asked for only when somebody wants the fixes. */
  fixes?: () => readonly FixPlan[];
}

export interface Rule {
  meta: RuleMeta;
  /** Asks for the callers of what a file sends among which `check` may find something: those are then checked too, though they hold no client. */
  seek?(file: string, workspace: Workspace): void;
  /** Problems of one region of a file, from its facts and the workspace's. Never throws on any input. @param options the file's: each that `meta` names, of its kind */
  check(region: RegionFacts, workspace: Workspace, options: RuleOptions): Iterable<Problem>;
}
