/** A Chromium for the tests that drive VS Code in the browser. */
import { existsSync } from 'node:fs';
import { canInstallDebianPackages, installDebianPackage } from './debian.ts';
import { findOnPath } from './on-path.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'msedge'];
const ELSEWHERE = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * The path of a Chromium, Chrome or Edge, for playwright-core's `executablePath`; `CHROMIUM_PATH` wins. Where there is none: installed
 * by apt-get on Debian as root, else an error that says what to type.
 */
export function findChromium(): string {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, and there is no such file.`);
  }
  const present = findOnPath(...NAMES) ?? ELSEWHERE.find((file) => existsSync(file));
  if (present !== undefined) return present;
  if (canInstallDebianPackages()) {
    installDebianPackage('chromium', 'the tests look at VS Code in a browser');
    const installed = findOnPath('chromium');
    if (installed !== undefined) return installed;
  }
  const how =
    process.platform === 'darwin' ? 'brew install --cask chromium' : findOnPath('apt-get') !== undefined ? 'sudo apt-get install chromium' : 'see your package manager';
  throw new Error(`No Chromium, Chrome or Edge was found. Install one (${how}), or set CHROMIUM_PATH to one, then run the same command again.`);
}
