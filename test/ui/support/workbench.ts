/** VS Code in a headless Chromium with the packed extension installed, as a person has it; and how it is operated. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { repository } from '../../../scripts/lib/bundle.ts';
import { findChromium } from '../../../scripts/lib/chromium.ts';
import { chromiumArgs } from '../../../scripts/lib/vscode-suite.ts';
import { installExtension, quietSettings, startVSCodeServer } from '../../../scripts/lib/vscode-server.ts';
import type { RunningVSCodeServer } from '../../../scripts/lib/vscode-server.ts';

const WINDOW = { width: 1280, height: 800 };
const artefacts = join(repository, 'artefacts/ui');

/** For pictures: nothing that blinks, moves, or differs from run to run. */
const pictureSettings = {
  ...quietSettings,
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'editor.fontSize': 12,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
};

export class Workbench {
  private constructor(
    readonly page: Page,
    readonly browser: Browser,
    readonly server: RunningVSCodeServer,
    readonly dataDir: string,
  ) {}

  /** @param vsix installed first @param settings beside those that keep the window quiet */
  static async open(vsix: string, folder: string, settings: Readonly<Record<string, unknown>>): Promise<Workbench> {
    mkdirSync(artefacts, { recursive: true });
    const dataDir = mkdtempSync(join(tmpdir(), 'keyscope-ui-'));
    await installExtension(vsix, { serverDataDir: dataDir });
    const server = await startVSCodeServer({ serverDataDir: dataDir, settings: { ...pictureSettings, ...settings } });
    const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs });
    const page = await browser.newPage({ viewport: WINDOW, deviceScaleFactor: 2 });
    page.setDefaultTimeout(60_000);
    await page.goto(server.urlOf({ folder }));
    await page.waitForSelector('.monaco-workbench .part.sidebar');
    return new Workbench(page, browser, server, dataDir);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** Of the whole window; kept in artefacts/ui. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(artefacts, `${name}.png`), animations: 'disabled' });
  }

  /** The part of the window that holds these, fit for README.md. `KEYSCOPE_README_PICTURES=1 npm run test:ui` puts it where README.md has it. */
  async readmePicture(name: string, around: readonly Locator[], margin = 8): Promise<void> {
    const boxes = (await Promise.all(around.map((part) => part.boundingBox()))).filter((box) => box !== null);
    const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)) - margin);
    const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)) - margin);
    const right = Math.min(WINDOW.width, Math.max(...boxes.map(({ x, width }) => x + width)) + margin);
    const bottom = Math.min(WINDOW.height, Math.max(...boxes.map(({ y, height }) => y + height)) + margin);
    const folder = process.env['KEYSCOPE_README_PICTURES'] === '1' ? join(repository, 'media/screenshots') : artefacts;
    mkdirSync(folder, { recursive: true });
    const clip = { x: left, y: top, width: right - left, height: bottom - top };
    await this.page.screenshot({ path: join(folder, `${name}.png`), clip, animations: 'disabled' });
  }

  /** A line of the active editor by a part of its text. */
  line(text: string): Locator {
    return this.page.locator('.editor-group-container.active .view-line').filter({ hasText: text }).first();
  }

  async openFile(path: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.page.keyboard.type(path);
    await this.page.getByRole('option', { name: path.split('/').at(-1) }).first().click();
    await this.page.getByRole('tab', { name: path.split('/').at(-1) }).waitFor();
  }

  async openView(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
  }

  /** By its sash, as a person does. @param width in CSS pixels */
  async widenSideBar(width: number): Promise<void> {
    const { page } = this;
    const box = await page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('There is no side bar.');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width, y);
    await page.mouse.down();
    await page.mouse.move(box.x + width, y, { steps: 5 });
    await page.mouse.up();
  }

  keys(): Locator {
    return this.page.getByRole('tree', { name: 'Keys' });
  }

  row(name: string | RegExp): Locator {
    return this.keys().getByRole('treeitem', { name }).first();
  }

  /** Expands a row of the Keys view where it is not. */
  async expand(name: string | RegExp): Promise<Locator> {
    const row = this.row(name);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
    return row;
  }

  async collapse(name: string | RegExp): Promise<void> {
    await this.row(name).locator('.monaco-tl-twistie').click();
  }

  /** The text of the active editor as the screen shows it. */
  async text(): Promise<string> {
    const lines = await this.page.locator('.editor-group-container.active .view-lines .view-line').evaluateAll((elements) =>
      elements
        .map((element) => ({ top: Number.parseFloat((element as unknown as { style: { top: string } }).style.top), text: element.textContent ?? '' }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }
}
