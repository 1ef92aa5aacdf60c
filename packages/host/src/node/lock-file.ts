import fs from 'node:fs/promises';
import type * as sqliteModule from 'node:sqlite';
import type { DiskLock } from '../disk.ts';
import { systemErrorCode } from '../system-error.ts';
import { lockByProcessFile } from './lock-by-process-file.ts';

type Sqlite = typeof sqliteModule;

/** SQLite's result code when another connection, in this process or any other, holds the lock. */
const SQLITE_BUSY = 5;

/**
 * An exclusive lock on a file that the operating system ends with the process.
 *
 * Node has no `flock`. It does carry SQLite, whose exclusive transactions are locks of the operating system on the
 * database file (`fcntl` on Unix, `LockFileEx` on Windows); SQLite also makes two holders in one process exclude each
 * other, which bare `fcntl` does not. Taken on an empty file it writes nothing. The lock holds across containers that
 * share the volume, and it excludes Apache Kafka too, which locks the whole of the same `.lock` file.
 *
 * A Node built without SQLite falls back to a file that names the process.
 */
export async function lockFile(path: string): Promise<DiskLock | undefined> {
  const sqlite = loadSqlite();
  if (sqlite === undefined) return lockByProcessFile(path);
  await ensureWritableFile(path);
  return lockBySqlite(sqlite, path);
}

function lockBySqlite(sqlite: Sqlite, path: string): DiskLock | undefined {
  const database = new sqlite.DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout=0; PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return {
    async release(): Promise<void> {
      if (database.isOpen) database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

/**
 * Creates the file, with `fs`'s own errors where that fails (`EROFS`, `EACCES`, `ENOENT`). An existing file is never
 * opened here: closing any descriptor of a file drops all `fcntl` locks that the process has on it, so the second
 * attempt of a process would silently end its first lock.
 */
async function ensureWritableFile(path: string): Promise<void> {
  try {
    await fs.writeFile(path, '', { flag: 'wx' });
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    await fs.access(path, fs.constants.W_OK);
  }
}

/** `undefined` in a Node built without SQLite. Node 22 warns on load that the module is experimental: not our user's concern. */
function loadSqlite(): Sqlite | undefined {
  const emitWarning = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  Object.defineProperty(process, 'emitWarning', { ...emitWarning, value: () => {} });
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    if (emitWarning !== undefined) Object.defineProperty(process, 'emitWarning', emitWarning);
  }
}
