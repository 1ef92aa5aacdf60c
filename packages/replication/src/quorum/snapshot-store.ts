import { join } from 'node:path';
import type { Host } from '@millrace/host';
import type { QuorumSnapshot } from './quorum-listener.ts';
import { parseSnapshotFileName, snapshotFileName, type SnapshotId } from './snapshot-id.ts';

const PART = '.part';

/** The finished snapshots beside the metadata log. */
export class SnapshotStore {
  readonly #host: Host;
  readonly #directory: string;
  #ids: SnapshotId[];

  private constructor(host: Host, directory: string, ids: SnapshotId[]) {
    this.#host = host;
    this.#directory = directory;
    this.#ids = ids;
  }

  static async open(host: Host, directory: string): Promise<SnapshotStore> {
    const entries = await host.disk.list(directory);
    // Names are sorted, and zeros in front make that the order of the offsets.
    const ids = entries.map(({ name }) => parseSnapshotFileName(name)).filter((id) => id !== undefined);
    for (const { name } of entries) {
      if (isLeftOver(name, ids.at(-1))) await host.disk.removeFile(join(directory, name));
    }
    return new SnapshotStore(host, directory, ids);
  }

  /** By end offset, oldest first. */
  get ids(): readonly SnapshotId[] {
    return this.#ids;
  }

  get oldest(): SnapshotId | undefined {
    return this.#ids[0];
  }

  get newest(): SnapshotId | undefined {
    return this.#ids.at(-1);
  }

  has(id: SnapshotId): boolean {
    return this.#ids.some(({ endOffset, epoch }) => endOffset === id.endOffset && epoch === id.epoch);
  }

  path(id: SnapshotId): string {
    return join(this.#directory, snapshotFileName(id));
  }

  async read(id: SnapshotId): Promise<QuorumSnapshot> {
    const path = this.path(id);
    return { ...id, path, bytes: await this.#host.disk.readFile(path) };
  }

  /** A file that is finished, and on the disk, under its name. */
  add(id: SnapshotId): void {
    if (!this.has(id)) this.#ids.push(id);
    this.#ids.sort((left, right) => left.endOffset - right.endOffset || left.epoch - right.epoch);
  }

  /** Removes what is older than `offset`, except the newest. */
  async removeBefore(offset: number): Promise<void> {
    const newest = this.newest;
    for (const id of this.#ids.filter((each) => each !== newest && each.endOffset < offset)) {
      this.#ids = this.#ids.filter((each) => each !== id);
      await this.#host.disk.removeFile(this.path(id));
    }
  }
}

/** The beginning of a snapshot that nobody needs any more. A newer one may still be on its way from the leader. */
function isLeftOver(name: string, newest: SnapshotId | undefined): boolean {
  if (!name.endsWith(PART)) return false;
  const id = parseSnapshotFileName(name.slice(0, -PART.length));
  return id !== undefined && newest !== undefined && id.endOffset <= newest.endOffset;
}
