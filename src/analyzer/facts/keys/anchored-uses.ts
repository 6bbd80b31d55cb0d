/** Uses of which the finding stands somewhere else than what they were found by, joined by the region that it stands in. */
import type ts from 'typescript';
import { place } from '../code/fold.ts';
import { regionOf, type Region } from '../calls/regions.ts';

export interface Anchored {
  /** Where the finding stands. */
  anchor: ts.Node;
}

/** What such uses are joined by. */
export const regionKey = (region: Region): string => region.getSourceFile().fileName + place(region);

export const anchorKey = ({ anchor }: Anchored): string => regionKey(regionOf(anchor));

/** @returns for each use the one of before, where it is told again: nothing then changes for those who asked. @param isSame of two with one anchor */
export function againAsBefore<T extends Anchored>(isSame: (before: T, now: T) => boolean): (use: T) => T {
  const told = new WeakMap<ts.Node, T>();
  return (use) => {
    const before = told.get(use.anchor);
    if (before && isSame(before, use)) return before;
    told.set(use.anchor, use);
    return use;
  };
}
