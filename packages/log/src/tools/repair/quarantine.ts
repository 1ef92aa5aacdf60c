import { dirname, join, relative } from 'node:path';
import { makeDurableDirectory, type Disk } from '@millrace/host';

const BLOCK_BYTES = 1 << 20;

/** Copies of files as they were before a repair, in the same tree as in the log directory. */
export class Quarantine {
  /** Made when the first file comes. */
  readonly path: string;
  readonly #disk: Disk;
  readonly #logDir: string;

  constructor(disk: Disk, path: string, logDir: string) {
    this.#disk = disk;
    this.path = path;
    this.#logDir = logDir;
  }

  /** Resolves once the copy survives a power loss. @returns the path of the copy */
  async copy(file: string, signal: AbortSignal | undefined): Promise<string> {
    const target = join(this.path, relative(this.#logDir, file));
    await makeDurableDirectory(this.#disk, dirname(target));
    const source = await this.#disk.open(file, 'read');
    try {
      const copy = await this.#disk.open(target, 'create');
      try {
        const block = Buffer.allocUnsafe(BLOCK_BYTES);
        for (let position = 0; ;) {
          signal?.throwIfAborted();
          const count = await source.read(block, position);
          if (count === 0) break;
          await copy.write([block.subarray(0, count)], position);
          position += count;
        }
        await copy.sync();
      } finally {
        await copy.close();
      }
    } finally {
      await source.close();
    }
    await this.#disk.syncDirectory(dirname(target));
    return target;
  }
}
