import type { DirectoryEntry, FileStatus } from '../disk.ts';
import { byName } from '../directory-order.ts';
import { systemError } from '../system-error.ts';
import { PagedContent } from './paged-content.ts';

export interface FileNode {
  readonly isDirectory: false;
  content: PagedContent;
  modifiedMs: number;
}

export interface DirectoryNode {
  readonly isDirectory: true;
  readonly entries: Map<string, TreeNode>;
  modifiedMs: number;
}

export type TreeNode = FileNode | DirectoryNode;

/** One directory slot and what it holds afterwards; `undefined` empties it. */
export interface EntryChange {
  readonly directory: DirectoryNode;
  readonly name: string;
  readonly node: TreeNode | undefined;
}

export interface FileTreeOptions {
  readonly nowMs: () => number;
  /** Told every change of directory entries; the slots of one call change together or not at all (a rename has two). */
  readonly onChange?: (changes: readonly EntryChange[]) => void;
  readonly root?: DirectoryNode;
}

interface Slot {
  readonly parent: DirectoryNode;
  readonly name: string;
  readonly node: TreeNode | undefined;
}

/**
 * A file system in memory with the errors of a real one. Synchronous and without durability: `MemoryDisk` serves it as
 * it is, the simulated disk adds time, faults and what a power loss takes.
 */
export class FileTree {
  readonly root: DirectoryNode;
  readonly #nowMs: () => number;
  readonly #onChange: ((changes: readonly EntryChange[]) => void) | undefined;

  constructor(options: FileTreeOptions) {
    this.#nowMs = options.nowMs;
    this.#onChange = options.onChange;
    this.root = options.root ?? { isDirectory: true, entries: new Map(), modifiedMs: options.nowMs() };
  }

  openFile(path: string, mode: 'read' | 'write' | 'create'): FileNode {
    const slot = this.#slotOf(path, 'open');
    if (slot.node === undefined) {
      if (mode === 'read') throw systemError('ENOENT', { syscall: 'open', path });
      return this.#createFile(slot);
    }
    if (mode === 'create') throw systemError('EEXIST', { syscall: 'open', path });
    if (!slot.node.isDirectory) return slot.node;
    throw systemError('EISDIR', { syscall: 'open', path });
  }

  fileAt(path: string, syscall: string): FileNode {
    const { node } = this.#slotOf(path, syscall);
    if (node === undefined) throw systemError('ENOENT', { syscall, path });
    if (node.isDirectory) throw systemError('EISDIR', { syscall, path });
    return node;
  }

  directoryAt(path: string, syscall: string): DirectoryNode {
    const node = this.#find(segmentsOf(path), path, syscall);
    if (node === undefined) throw systemError('ENOENT', { syscall, path });
    if (!node.isDirectory) throw systemError('ENOTDIR', { syscall, path });
    return node;
  }

  rename(from: string, to: string): void {
    const place = { syscall: 'rename', path: from, dest: to };
    const source = this.#slotOf(from, 'rename', to);
    const target = this.#slotOf(to, 'rename', to);
    const node = source.node;
    if (node === undefined) throw systemError('ENOENT', place);
    if (node === target.node) return;
    if (node.isDirectory && isInside(node, target.parent)) throw systemError('EINVAL', place);
    this.#checkReplaceable(node, target.node, place);
    this.#apply([
      { directory: source.parent, name: source.name, node: undefined },
      { directory: target.parent, name: target.name, node },
    ]);
  }

  removeFile(path: string): void {
    const { parent, name, node } = this.#slotOf(path, 'unlink');
    if (node === undefined) throw systemError('ENOENT', { syscall: 'unlink', path });
    if (node.isDirectory) throw systemError('EISDIR', { syscall: 'unlink', path });
    this.#apply([{ directory: parent, name, node: undefined }]);
  }

  removeDirectory(path: string): void {
    const { parent, name, node } = this.#slotOf(path, 'rmdir', undefined, true);
    if (node === undefined) return;
    if (!node.isDirectory) throw systemError('ENOTDIR', { syscall: 'rmdir', path });
    this.#removeEntries(node);
    this.#apply([{ directory: parent, name, node: undefined }]);
  }

  makeDirectory(path: string): void {
    let directory = this.root;
    const segments = segmentsOf(path);
    for (const [index, name] of segments.entries()) {
      const existing = directory.entries.get(name);
      if (existing?.isDirectory === false) {
        throw systemError(index === segments.length - 1 ? 'EEXIST' : 'ENOTDIR', { syscall: 'mkdir', path });
      }
      const child: DirectoryNode = existing ?? {
        isDirectory: true,
        entries: new Map(),
        modifiedMs: this.#nowMs(),
      };
      if (existing === undefined) this.#apply([{ directory, name, node: child }]);
      directory = child;
    }
  }

  list(path: string): DirectoryEntry[] {
    const { entries } = this.directoryAt(path, 'scandir');
    return [...entries].map(([name, node]) => ({ name, isDirectory: node.isDirectory })).toSorted(byName);
  }

  stat(path: string): FileStatus | undefined {
    const node = this.#findOrUndefined(path);
    if (node === undefined) return undefined;
    const sizeBytes = node.isDirectory ? 0 : node.content.sizeBytes;
    return { sizeBytes, modifiedMs: node.modifiedMs, isDirectory: node.isDirectory };
  }

  setModifiedTime(path: string, modifiedMs: number): void {
    const node = this.#find(segmentsOf(path), path, 'utime');
    if (node === undefined) throw systemError('ENOENT', { syscall: 'utime', path });
    node.modifiedMs = modifiedMs;
  }

  #createFile({ parent, name }: Slot): FileNode {
    const node: FileNode = { isDirectory: false, content: new PagedContent(), modifiedMs: this.#nowMs() };
    this.#apply([{ directory: parent, name, node }]);
    return node;
  }

  #removeEntries(directory: DirectoryNode): void {
    for (const [name, node] of directory.entries) {
      if (node.isDirectory) this.#removeEntries(node);
      this.#apply([{ directory, name, node: undefined }]);
    }
  }

  #checkReplaceable(node: TreeNode, replaced: TreeNode | undefined, place: { syscall: string }): void {
    if (replaced === undefined) return;
    if (!node.isDirectory && replaced.isDirectory) throw systemError('EISDIR', place);
    if (node.isDirectory && !replaced.isDirectory) throw systemError('ENOTDIR', place);
    if (replaced.isDirectory && replaced.entries.size > 0) throw systemError('ENOTEMPTY', place);
  }

  #apply(changes: readonly EntryChange[]): void {
    for (const { directory, name, node } of changes) {
      if (node === undefined) directory.entries.delete(name);
      else directory.entries.set(name, node);
      directory.modifiedMs = this.#nowMs();
    }
    this.#onChange?.(changes);
  }

  /** The place of `path` in its parent, which must exist unless `isParentOptional`. */
  #slotOf(path: string, syscall: string, dest?: string, isParentOptional = false): Slot {
    const segments = segmentsOf(path);
    const name = segments.pop();
    const place = { syscall, path, ...(dest === undefined ? {} : { dest }) };
    if (name === undefined) throw systemError('EPERM', place);
    const parent = this.#find(segments, path, syscall);
    if (parent === undefined) {
      if (isParentOptional) return { parent: this.root, name, node: undefined };
      throw systemError('ENOENT', place);
    }
    if (!parent.isDirectory) throw systemError('ENOTDIR', place);
    return { parent, name, node: parent.entries.get(name) };
  }

  #find(segments: readonly string[], path: string, syscall: string): TreeNode | undefined {
    let node: TreeNode | undefined = this.root;
    for (const name of segments) {
      if (node === undefined) return undefined;
      if (!node.isDirectory) throw systemError('ENOTDIR', { syscall, path });
      node = node.entries.get(name);
    }
    return node;
  }

  #findOrUndefined(path: string): TreeNode | undefined {
    let node: TreeNode | undefined = this.root;
    for (const name of segmentsOf(path)) {
      if (node?.isDirectory !== true) return undefined;
      node = node.entries.get(name);
    }
    return node;
  }
}

/** Accepts both separators, so that `node:path` of any platform may have built the path. */
function segmentsOf(path: string): string[] {
  const segments: string[] = [];
  for (const segment of path.split(/[\\/]/)) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments;
}

function isInside(directory: DirectoryNode, candidate: DirectoryNode): boolean {
  if (directory === candidate) return true;
  for (const node of directory.entries.values()) {
    if (node.isDirectory && isInside(node, candidate)) return true;
  }
  return false;
}
