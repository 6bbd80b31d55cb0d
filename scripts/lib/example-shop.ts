/** The example service in examples/shop: where it is, and its own packages. */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withFolderLock } from './folder-lock.ts';
import { npmCi, whyInstall } from './npm-ci.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const exampleShop = join(root, 'examples', 'shop');

/** Installs the example's packages where they are missing; the findings need none of them, running and type-checking it does. */
export async function installExampleShop(): Promise<void> {
  if (whyInstall(exampleShop) === undefined) return;
  await withFolderLock(join(root, '.cache', 'example-shop.lock'), () => {
    const why = whyInstall(exampleShop);
    if (why === undefined) return;
    console.log(`Installing the packages of examples/shop with npm ci (${why}) …`);
    npmCi(exampleShop);
  });
}
