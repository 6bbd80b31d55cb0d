/** What a server turned out to refuse, learned once per connection so that it is not asked (and its ACL LOG not filled) again and again. */
import { ServerError } from '../server/server-error.ts';
import type { FactName } from './types.ts';

export class Capabilities {
  /** False once EVAL_RO and EVAL were refused: pipelines then. */
  scripts = true;
  /** False before Redis 6.0: SCAN has no TYPE option. */
  scanType = true;
  /** Fields that this user may not see at all, with the server's error code. */
  readonly denied = new Map<FactName, string>();
  /** How OBJECT tells the last access: LFU policies have no idle time. */
  access: 'IDLETIME' | 'FREQ' = 'IDLETIME';
}

/** The command, or one that a script of ours runs, is not there for us: denied by ACL, renamed away, switched off by the provider. Any other error is not about it. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof ServerError)) return false;
  return error.kind === 'no-permission' || (error.kind === 'reply' && /unknown (sub)?command|not allowed|disabled|not supported|user executing the script can't run|ACL failure in script/i.test(error.message));
}
