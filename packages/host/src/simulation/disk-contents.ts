import type { Random } from '../host.ts';
import { type DirectoryNode, type FileNode, FileTree, type TreeNode } from '../memory/file-tree.ts';
import { UnsyncedEntries } from './unsynced-entries.ts';
import { apply, type PendingChange, type UnsyncedFate, UnsyncedFile } from './unsynced-file.ts';

interface InFlightChange {
  readonly node: FileNode;
  readonly change: PendingChange;
}

const ENTRY_CHANCES = [0, 0.5, 0.9, 1] as const;

/** What is on a simulated disk, across the lives of its host: the file tree as processes see it and what of it is durable. */
export class DiskContents {
  readonly #nowMs: () => number;
  readonly #inFlight = new Set<InFlightChange>();
  #tree: FileTree;
  #entries: UnsyncedEntries;
  /** Files changed since the last power loss; of the others everything is durable. */
  #files = new WeakMap<FileNode, UnsyncedFile>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#tree = this.#grow();
    this.#entries = new UnsyncedEntries(this.#tree.root);
  }

  get tree(): FileTree {
    return this.#tree;
  }

  /** Bytes of all files that have a name. */
  usedBytes(): number {
    return sizeOf(this.#tree.root);
  }

  /** A change that is on its way: a crash may find it done in full, in part or not at all. */
  begin(node: FileNode, change: PendingChange): InFlightChange {
    const inFlight = { node, change };
    this.#inFlight.add(inFlight);
    return inFlight;
  }

  cancel(inFlight: InFlightChange): void {
    this.#inFlight.delete(inFlight);
  }

  apply(node: FileNode, change: PendingChange): void {
    this.#unsynced(node).add(change);
    apply(node.content, change);
    node.modifiedMs = this.#nowMs();
  }

  sync(node: FileNode): void {
    this.#files.get(node)?.sync();
  }

  failSync(node: FileNode): void {
    this.#files.get(node)?.forgetPending();
  }

  syncDirectory(directory: DirectoryNode): void {
    this.#entries.syncDirectory(directory);
  }

  /** The process ends, the machine goes on: what was written stays, what was on its way may or may not arrive. */
  loseProcess(random: Random): void {
    for (const { node, change } of this.#inFlight) if (random.float() < 0.5) this.apply(node, change);
    this.#inFlight.clear();
  }

  losePower(random: Random, fate: UnsyncedFate): void {
    const chance = entrySurvivalChance(random, fate);
    this.#entries.losePower(random, chance);
    const root = this.#survivingDirectory(this.#tree.root, random, fate);
    this.#files = new WeakMap();
    this.#inFlight.clear();
    this.#tree = this.#grow(root);
    this.#entries = new UnsyncedEntries(root);
  }

  #grow(root?: DirectoryNode): FileTree {
    return new FileTree({
      nowMs: this.#nowMs,
      onChange: (changes) => {
        this.#entries.add(changes);
      },
      ...(root === undefined ? {} : { root }),
    });
  }

  #survivingDirectory(directory: DirectoryNode, random: Random, fate: UnsyncedFate): DirectoryNode {
    const entries = new Map<string, TreeNode>();
    for (const [name, node] of this.#entries.entriesOf(directory)) {
      const survivor = node.isDirectory
        ? this.#survivingDirectory(node, random, fate)
        : this.#survivingFile(node, random, fate);
      entries.set(name, survivor);
    }
    return { isDirectory: true, entries, modifiedMs: directory.modifiedMs };
  }

  #survivingFile(node: FileNode, random: Random, fate: UnsyncedFate): FileNode {
    const inFlight = [...this.#inFlight].filter((entry) => entry.node === node).map((entry) => entry.change);
    const isClean = inFlight.length === 0 && !this.#files.has(node);
    const content = isClean ? node.content : this.#unsynced(node).afterPowerLoss(random, fate, inFlight);
    return { isDirectory: false, content, modifiedMs: node.modifiedMs };
  }

  /** The first change splits off the durable content; from then on a sync copies no more than was written. */
  #unsynced(node: FileNode): UnsyncedFile {
    const existing = this.#files.get(node);
    if (existing !== undefined) return existing;
    const created = new UnsyncedFile(node.content.clone());
    this.#files.set(node, created);
    return created;
  }
}

function sizeOf(directory: DirectoryNode): number {
  let total = 0;
  for (const node of directory.entries.values()) {
    total += node.isDirectory ? sizeOf(node) : node.content.sizeBytes;
  }
  return total;
}

function entrySurvivalChance(random: Random, fate: UnsyncedFate): number {
  if (fate === 'lost') return 0;
  if (fate === 'kept') return 1;
  return ENTRY_CHANCES[random.uint32() % ENTRY_CHANCES.length] ?? 0;
}
