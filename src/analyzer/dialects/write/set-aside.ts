/** How each client library renames a key out of the way of those who add to it, where there may be none. */
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import type { Lines } from '../../fixes/text/lines.ts';
import { methodName } from './method-name.ts';

export interface SetAside {
  client: string;
  key: string;
  /** What it is called from then on. */
  aside: string;
  /** A free name. */
  error: string;
  typescript: boolean;
}

/** RENAMENX, so that what an earlier run left there unfinished is not overwritten; of a missing key it throws. */
export function setAside(like: Pick<RedisCall, 'dialect' | 'major' | 'spelling'>, { client, key, aside, error, typescript }: SetAside): Lines {
  return [
    `await ${client}.${methodName('RENAMENX', like)}(${key}, ${aside}).catch((${error}${typescript ? ': Error' : ''}) => {`,
    [`if (!${error}.message.includes('no such key')) throw ${error};`],
    '});',
  ];
}
