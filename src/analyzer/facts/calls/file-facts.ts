/** All that files say about Redis, by region and in source order. */
import type ts from 'typescript';
import { isNamed, type RedisCall } from './redis-call.ts';
import { leftBehind } from './left-behind.ts';
import { regionsOf, type Region } from './regions.ts';

export interface FileFacts {
  sourceFile: ts.SourceFile;
  calls: readonly RedisCall[];
  /** Those among them of clients that only their names say to be such. */
  named: readonly RedisCall[];
  /** Of the regions that have some. */
  byRegion: ReadonlyMap<Region, readonly RedisCall[]>;
}

/** What a rule is asked about: one part of a file. */
export interface RegionFacts {
  sourceFile: ts.SourceFile;
  region: Region;
  calls: readonly RedisCall[];
}

/** @param collect gives the calls of a region */
export function fileFacts(sourceFile: ts.SourceFile, collect: (region: Region) => readonly RedisCall[]): FileFacts {
  const byRegion = new Map<Region, readonly RedisCall[]>();
  for (const region of regionsOf(sourceFile)) {
    const calls = collect(region);
    // Asked later, when an edit has moved its nodes.
    leftBehind(region);
    if (calls.length > 0) byRegion.set(region, calls);
  }
  const calls = [...byRegion.values()].flat().sort((a, b) => a.nameNode.getStart() - b.nameNode.getStart());
  return { sourceFile, byRegion, calls, named: calls.filter(isNamed) };
}
