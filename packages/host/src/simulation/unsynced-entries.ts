import type { Random } from '../host.ts';
import type { DirectoryNode, EntryChange, TreeNode } from '../memory/file-tree.ts';

/**
 * The durable entries of every directory and the changes on top of them, in order, that a power loss may take.
 *
 * Within one directory changes survive as a beginning of their sequence, as with a journaling file system; directories
 * are independent of each other, except that a rename between two is one change in both.
 */
export class UnsyncedEntries {
  readonly #durable = new Map<DirectoryNode, Map<string, TreeNode>>();
  #pending: (readonly EntryChange[])[] = [];

  /** What is there now counts as durable. */
  constructor(root: DirectoryNode) {
    this.#rememberAll(root);
  }

  add(changes: readonly EntryChange[]): void {
    this.#pending.push(changes);
  }

  /** Makes the changes of `directory` durable, with those of other directories that they build on. */
  syncDirectory(directory: DirectoryNode): void {
    const touched = new Set([directory]);
    const isDue = this.#pending
      .toReversed()
      .map((changes) => {
        if (!changes.some((change) => touched.has(change.directory))) return false;
        for (const change of changes) touched.add(change.directory);
        return true;
      })
      .toReversed();
    for (const [index, changes] of this.#pending.entries()) if (isDue[index] === true) this.#apply(changes);
    this.#pending = this.#pending.filter((_, index) => isDue[index] !== true);
  }

  /** Decides what of the unsynced changes survives; `entriesOf` tells the outcome. */
  losePower(random: Random, surviveChance: number): void {
    const cut = new Set<DirectoryNode>();
    for (const changes of this.#pending) {
      const isPossible = changes.every((change) => !cut.has(change.directory));
      if (isPossible && random.float() < surviveChance) this.#apply(changes);
      else for (const change of changes) cut.add(change.directory);
    }
    this.#pending = [];
  }

  entriesOf(directory: DirectoryNode): ReadonlyMap<string, TreeNode> {
    return this.#durable.get(directory) ?? new Map<string, TreeNode>();
  }

  #apply(changes: readonly EntryChange[]): void {
    for (const { directory, name, node } of changes) {
      const entries = this.#durable.get(directory) ?? new Map<string, TreeNode>();
      if (node === undefined) entries.delete(name);
      else entries.set(name, node);
      this.#durable.set(directory, entries);
    }
  }

  #rememberAll(directory: DirectoryNode): void {
    this.#durable.set(directory, new Map(directory.entries));
    for (const node of directory.entries.values()) if (node.isDirectory) this.#rememberAll(node);
  }
}
