/** Takes what neither a test nor `npm start` opens out of an installed VS Code server: about half of its 800 MB. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Relative to code-server's lib/vscode. The assistants and the diagram viewer are whole applications of their own. */
const unused = ['extensions/copilot', 'extensions/mermaid-markdown-features', 'extensions/microsoft-authentication', 'node_modules/@github', 'node_modules/@microsoft'];

/** @param dir the installation, as `ensureVSCodeServer` made it. */
export function pruneVSCodeServer(dir: string, nodePackage: string): void {
  const vscode = join(dir, 'node_modules/code-server/lib/vscode');
  for (const path of unused) rmSync(join(vscode, path), { recursive: true, force: true });
  for (const path of ['include', 'share']) rmSync(join(dir, 'node_modules', nodePackage, path), { recursive: true, force: true });
  for (const entry of readdirSync(vscode, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith('.map')) rmSync(join(entry.parentPath, entry.name), { force: true });
  }
}
