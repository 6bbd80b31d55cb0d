/** The versions of a client library that a package.json admits: a library of one's own may have to serve several majors. */
import { posix } from 'node:path';
import semver from 'semver';
import type { Workspace } from '../../workspace/workspace.ts';
import type { RedisCall } from '../calls/redis-call.ts';

const fields = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

type Asks = Pick<Workspace, 'root' | 'layout'>;

/** Whether no version below one (`5.0.0`) is admitted, as far as a package.json says. */
export function isAtLeast(version: string, call: RedisCall, workspace: Asks): boolean {
  return rangesOf(call, workspace).every((range) => !semver.intersects(range, `<${version}`));
}

/** Whether every version that is admitted is below one; false where nothing says it. */
export function isBelow(version: string, call: RedisCall, workspace: Asks): boolean {
  const ranges = rangesOf(call, workspace);
  return ranges.length > 0 && ranges.every((range) => !semver.intersects(range, `>=${version}`));
}

/** Of the nearest package.json that names the library: what it needs, and what it admits beside. Tags and protocols say nothing. */
function rangesOf({ sourceFile, library }: RedisCall, { root, layout }: Asks): string[] {
  for (let folder = posix.dirname(sourceFile.fileName); folder.length >= root.length; folder = posix.dirname(folder)) {
    const manifest = layout.json(`${folder}/package.json`);
    const declared = fields.flatMap((field) => {
      const version = (manifest?.[field] as Record<string, unknown> | undefined)?.[library];
      return typeof version === 'string' ? [version] : [];
    });
    if (declared.length > 0) return declared.flatMap((version) => semver.validRange(version) ?? []);
    if (folder === posix.dirname(folder)) break;
  }
  return [];
}
