/**
 * The file system as Millrace uses it. Paths are absolute. Errors are those of Node's `fs` (`code` is `ENOENT`,
 * `ENOSPC`, `EIO`, `EROFS`, ...), from every implementation, simulated ones included.
 *
 * Durability contract: bytes written are readable at once; they survive a process kill; they survive a power loss only
 * after `DiskFile.sync()`. A created, renamed or removed directory entry survives a power loss only after
 * `syncDirectory()` of its parent.
 */
export interface Disk {
  /**
   * `read`: must exist. `write`: opened for reading and writing, created if missing, never truncated.
   * `create`: like `write`, but fails with `EEXIST` if the file exists.
   */
  open(path: string, mode: 'read' | 'write' | 'create'): Promise<DiskFile>;
  readFile(path: string): Promise<Buffer>;
  /** Replaces the file's content: create or truncate, write, optionally sync. Not atomic; see `replaceFile`. */
  writeFile(path: string, content: Uint8Array | string, options?: { readonly sync?: boolean }): Promise<void>;
  /** Atomic; replaces an existing file. */
  rename(from: string, to: string): Promise<void>;
  removeFile(path: string): Promise<void>;
  /** Removes a directory with everything in it; a missing one is fine. */
  removeDirectory(path: string): Promise<void>;
  /** Creates missing parents too; an existing directory is fine. */
  makeDirectory(path: string): Promise<void>;
  /** Sorted by name. */
  list(path: string): Promise<readonly DirectoryEntry[]>;
  /** `undefined` where nothing exists at `path`. */
  stat(path: string): Promise<FileStatus | undefined>;
  setModifiedTime(path: string, modifiedMs: number): Promise<void>;
  /** Of the volume that an existing `path` is on; `undefined` where that has no size, as in memory. */
  space(path: string): Promise<DiskSpace | undefined>;
  syncDirectory(path: string): Promise<void>;
  /**
   * Takes an exclusive lock that ends with the process, however it ends. `undefined` when another process (or another
   * holder in this one) has it.
   */
  lock(path: string): Promise<DiskLock | undefined>;
}

/** A file or folder in a folder. */
export interface DirectoryEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

/** What is known of a file without opening it. */
export interface FileStatus {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly isDirectory: boolean;
}

/** How much room a file system has. */
export interface DiskSpace {
  readonly totalBytes: number;
  /** What this process may still write. */
  readonly usableBytes: number;
}

/** An open file. */
export interface DiskFile {
  readonly path: string;
  /** Fills `target` from `position` until it is full or the file ends; returns the bytes read. */
  read(target: Uint8Array, position: number): Promise<number>;
  /** Writes all chunks one behind the other from `position`, in one gathered write, or throws. The caller must not
   * touch the chunks until the promise settles. */
  write(chunks: readonly Uint8Array[], position: number): Promise<void>;
  truncate(sizeBytes: number): Promise<void>;
  /** Makes everything written so far survive a power loss. After an error the file must be treated as failed. */
  sync(): Promise<void>;
  size(): Promise<number>;
  /** A second call is fine. */
  close(): Promise<void>;
}

/** A lock on a directory; it ends with the process, too. */
export interface DiskLock {
  release(): Promise<void>;
}
