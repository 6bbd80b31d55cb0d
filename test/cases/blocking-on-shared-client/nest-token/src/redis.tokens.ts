export const REDIS = Symbol('REDIS');
export const QUEUE = Symbol('REDIS');
