/** The keyspace layer: names by SCAN, facts by script, namespaces in bounded memory, values in bounded pages. */
export { encodingReason } from './encoding-reason.ts';
export type { InspectRequest } from './inspect.ts';
export type { InspectedPage } from './inspect-all.ts';
export { Keyspace } from './keyspace.ts';
export type { Measured, MeasureRequest } from './measure.ts';
export type { NamespaceTotal } from './namespace-totals.ts';
export { Namespaces } from './namespaces.ts';
export type { ChildRequest, Children, Entry, KeyEntry, NamespaceEntry, NamespaceOptions } from './namespaces.ts';
export { renderValue } from './render-value.ts';
export type { RenderedValue } from './render-value.ts';
export { CORE_TYPES } from './types.ts';
export type { DatabaseSummary, FactName, KeyFacts, KeyPage, KeyType, ScanCursor, ScanRequest } from './types.ts';
export type { KeyValue, ValueLimits } from './value.ts';
