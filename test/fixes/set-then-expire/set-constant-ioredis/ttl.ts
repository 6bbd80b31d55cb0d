export const MINUTE = 60;
export const ttl = { otp: 5 * MINUTE, login: { first: MINUTE } } as const;
export const frozen = Object.freeze({ draft: 120 });
export enum Ttl {
  Invite = 86_400,
}
export class Limits {
  static readonly window = 30;
}
