/**
 * VS Code gives some text a meaning: `[text](command:…)` is a link in a notification and in the prompt and the complaint of a question,
 * and a click runs that command; `$(name)` is an icon in a pick list, in the status bar and in a code lens.
 * Names of keys, addresses of a workspace and replies of servers must not get there as they are.
 */

/** VS Code sees a link only where `](` stands together (vs/base/common/linkedText.ts). */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** VS Code sees an icon only where `$(` stands together (vs/base/common/iconLabels.ts). */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
