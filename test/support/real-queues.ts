/**
 * ioredis gives the queue of MULTI the type of a pipeline, and @types/redis that of a batch the type of MULTI's. In what rules say the two are
 * not the same. So that the types can tell them apart, the one is given a name of its own in the libraries' declarations, and nothing else.
 */

/** A shared declaration file's text as it is to be read; throws where a library no longer says it as it did. */
export function withNamedQueues(file: string, text: string): string {
  if (file.endsWith('/built/transaction.d.ts')) return edited(file, text, [/(multi\((?:[^)]*)\): )ChainableCommander/g, '$1MultiCommander'], ['import { ChainableCommander', 'import { ChainableCommander, MultiCommander']);
  if (file.endsWith('/built/utils/RedisCommander.d.ts')) {
    return edited(file, text,
      [/(?<=interface ResultTypes<Result, Context> \{\n)(.*?)(\n {4}pipeline: .*?)(?=\n\})/s, (_: string, before: string, queue: string) => before + queue + asMulti(queue)],
      [/export interface ChainableCommander.*?\n\}\n/s, (queue: string) => queue + asMulti(queue)]);
  }
  if (file.endsWith('/@types/ioredis/index.d.ts')) {
    return edited(file, text,
      [/(\n {8}multi\(commands\?: string\[\]\[\], options\?: MultiOptions\): )Pipeline;/, '$1MultiCommander;'],
      [/\n {4}interface Pipeline \{.*?\n {4}\}\n/s, (queue: string) => queue + queue.replace(/\bPipeline\b/g, 'MultiCommander')]);
  }
  if (file.endsWith('/@types/redis/index.d.ts')) {
    return edited(file, text, [/(\n {4}batch\(.*\): )Multi;/i, '$1Batch;'], [/(\n {4}BATCH\(.*\): )Multi;/, '$1Batch;'], [/\nexport interface Multi .*?\n\}\n/s, (queue: string) => queue + queue.replace(/\bMulti\b/g, 'Batch')]);
  }
  return text;
}

type Edit = readonly [from: string | RegExp, to: string | ((match: string, ...groups: string[]) => string)];

function edited(file: string, text: string, ...edits: readonly Edit[]): string {
  return edits.reduce((before, [from, to]) => {
    const after = before.replace(from, to as string);
    if (after === before) throw new Error(`${file} has no ${from}`);
    return after;
  }, text);
}

function asMulti(queue: string): string {
  return queue.replace(/\bChainableCommander\b/g, 'MultiCommander').replace(/\bpipeline:/, 'multi:').replace('type: "pipeline"', 'type: "multi"');
}
