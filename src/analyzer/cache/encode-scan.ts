/** Scans as JSON, short: there is one per file of the root. */
import type { ScanData } from '../program/file-scan.ts';
import type { ModuleExports, Names } from '../program/module-names.ts';

type EncodedNames = '*' | string[];
/** 0: nobody has asked. */
export type EncodedScan = [specifiers: readonly string[], flags: number, members: readonly string[], names: 0 | [specifier: string, names: EncodedNames][], exports: 0 | 'none' | EncodedExports, mixedIn: readonly string[]];
interface EncodedExports {
  own: string[];
  from: [specifier: string, names: '*' | [exported: string, original: string][]][];
}

const ambient = 1;
const suppresses = 2;
const speaks = 4;

export function encodeScan({ specifiers, isAmbient, maySuppress, maySpeakOfClient, members, mixedIn, names, exports }: ScanData): EncodedScan {
  return [
    specifiers,
    (isAmbient ? ambient : 0) | (maySuppress ? suppresses : 0) | (maySpeakOfClient ? speaks : 0),
    members,
    names ? [...names].map(([specifier, taken]) => [specifier, taken === '*' ? taken : [...taken]]) : 0,
    exports === undefined ? 0 : exports === 'none' ? exports : { own: [...exports.own], from: exports.from.map((one) => [one.specifier, one.names === '*' ? one.names : [...one.names]]) },
    mixedIn,
  ];
}

export function decodeScan([specifiers, flags, members, names, exports, mixedIn]: EncodedScan): ScanData {
  return {
    specifiers,
    isAmbient: (flags & ambient) !== 0,
    maySuppress: (flags & suppresses) !== 0,
    maySpeakOfClient: (flags & speaks) !== 0,
    members,
    mixedIn,
    ...(names === 0 ? {} : { names: new Map(names.map(([specifier, taken]): [string, Names] => [specifier, taken === '*' ? taken : new Set(taken)])) }),
    ...(exports === 0 ? {} : { exports: exports === 'none' ? exports : decodeExports(exports) }),
  };
}

function decodeExports({ own, from }: EncodedExports): ModuleExports {
  return { own: new Set(own), from: from.map(([specifier, names]) => ({ specifier, names: names === '*' ? names : new Map(names) })) };
}

/** Whether two texts say the same, as far as anybody has asked. */
export function isSameScan(a: ScanData, b: ScanData): boolean {
  return JSON.stringify(encodeScan(a)) === JSON.stringify(encodeScan(b));
}

/** By its outermost form, so that nothing throws: that the rest is as it was written, the checksum says. */
export function isEncodedScan(value: unknown): value is EncodedScan {
  return Array.isArray(value) && value.length === 6 && Array.isArray(value[0]) && typeof value[1] === 'number' && Array.isArray(value[2]) && (value[3] === 0 || Array.isArray(value[3])) && (value[4] === 0 || typeof value[4] === 'string' || typeof value[4] === 'object') && Array.isArray(value[5]);
}
