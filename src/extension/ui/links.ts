/**
 * VS Code makes links of `[text](command:…)` in a notification, and in the prompt and the complaint of a question; a click runs that command.
 * Names of keys, addresses of a workspace and replies of servers must not get there as they are.
 */

/** VS Code sees a link only where `](` stands together (vs/base/common/linkedText.ts). */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
