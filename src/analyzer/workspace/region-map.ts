/** What is known of regions, by the file that they are in, so that what an edit of the file has made anew is let go at once. */
import type ts from 'typescript';
import type { Region } from '../facts/calls/regions.ts';

export class RegionMap<T> {
  readonly #byFile = new Map<string, Map<Region, T>>();

  get(region: Region): T | undefined {
    return this.#byFile.get(region.getSourceFile().fileName)?.get(region);
  }

  set(region: Region, value: T): void {
    const { fileName } = region.getSourceFile();
    const regions = this.#byFile.get(fileName);
    if (regions) regions.set(region, value);
    else this.#byFile.set(fileName, new Map([[region, value]]));
  }

  delete(region: Region): void {
    const { fileName } = region.getSourceFile();
    const regions = this.#byFile.get(fileName);
    regions?.delete(region);
    if (regions?.size === 0) this.#byFile.delete(fileName);
  }

  /** Lets go of the regions of an edited file that are not of its tree any more. */
  edited(file: string, isCurrent: (node: ts.Node) => boolean): void {
    const regions = this.#byFile.get(file);
    for (const region of regions?.keys() ?? []) if (!isCurrent(region)) regions?.delete(region);
    if (regions?.size === 0) this.#byFile.delete(file);
  }

  /** Lets go of all whose value no longer holds. */
  keep(holds: (value: T) => boolean): void {
    for (const [file, regions] of this.#byFile) {
      for (const [region, value] of regions) if (!holds(value)) regions.delete(region);
      if (regions.size === 0) this.#byFile.delete(file);
    }
  }
}
