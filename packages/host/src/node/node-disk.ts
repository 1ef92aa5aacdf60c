import fs from 'node:fs';
import type { DirectoryEntry, Disk, DiskFile, DiskLock, DiskSpace, FileStatus } from '../disk.ts';
import { byName } from '../directory-order.ts';
import { systemError, systemErrorCode } from '../system-error.ts';
import { lockFile } from './lock-file.ts';
import { NodeDiskFile } from './node-disk-file.ts';

const { O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } = fs.constants;
const OPEN_FLAGS = { read: O_RDONLY, write: O_RDWR | O_CREAT, create: O_RDWR | O_CREAT | O_EXCL } as const;

export const nodeDisk: Disk = {
  async open(path, mode): Promise<DiskFile> {
    return new NodeDiskFile(path, await openDescriptor(path, OPEN_FLAGS[mode]));
  },

  readFile: (path) =>
    call<Buffer>((done) => {
      fs.readFile(path, done);
    }),

  async writeFile(path, content, options): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const file = new NodeDiskFile(path, await openDescriptor(path, O_WRONLY | O_CREAT | O_TRUNC));
    try {
      await file.write([bytes], 0);
      if (options?.sync === true) await file.sync();
    } finally {
      await file.close();
    }
  },

  rename: (from, to) =>
    call((done) => {
      fs.rename(from, to, done);
    }),

  removeFile: (path) =>
    call((done) => {
      fs.unlink(path, done);
    }),

  async removeDirectory(path): Promise<void> {
    const status = await nodeDisk.stat(path);
    if (status?.isDirectory === false) throw systemError('ENOTDIR', { syscall: 'rmdir', path });
    await call((done) => {
      fs.rm(path, { recursive: true, force: true }, done);
    });
  },

  async makeDirectory(path): Promise<void> {
    await call<string | undefined>((done) => {
      fs.mkdir(path, { recursive: true }, done);
    });
  },

  async list(path): Promise<readonly DirectoryEntry[]> {
    const found = await call<fs.Dirent[]>((done) => {
      fs.readdir(path, { withFileTypes: true }, done);
    });
    return found.map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() })).toSorted(byName);
  },

  async stat(path): Promise<FileStatus | undefined> {
    try {
      const status = await call<fs.Stats>((done) => {
        fs.stat(path, done);
      });
      return { sizeBytes: status.size, modifiedMs: status.mtimeMs, isDirectory: status.isDirectory() };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },

  setModifiedTime: (path, modifiedMs) =>
    call((done) => {
      fs.utimes(path, modifiedMs / 1000, modifiedMs / 1000, done);
    }),

  async space(path): Promise<DiskSpace> {
    const { bsize, blocks, bavail } = await call<fs.StatsFs>((done) => {
      fs.statfs(path, done);
    });
    return { totalBytes: bsize * blocks, usableBytes: bsize * bavail };
  },

  async syncDirectory(path): Promise<void> {
    // Windows neither opens directories nor needs it: NTFS journals entries by itself.
    if (process.platform === 'win32') return;
    const descriptor = await openDescriptor(path, O_RDONLY);
    try {
      await call((done) => {
        fs.fsync(descriptor, done);
      });
    } finally {
      await call((done) => {
        fs.close(descriptor, done);
      });
    }
  },

  lock: (path): Promise<DiskLock | undefined> => lockFile(path),
};

function openDescriptor(path: string, flags: number): Promise<number> {
  return call((done) => {
    fs.open(path, flags, done);
  });
}

/** A file in the place of a parent directory (`ENOTDIR`) means that nothing exists at the path, too. */
function isMissing(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function call<T = void>(start: (done: (error: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, result) => {
      if (error) reject(error);
      else resolve(result as T);
    });
  });
}
