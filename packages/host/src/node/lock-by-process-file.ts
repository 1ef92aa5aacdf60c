import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import type { DiskLock } from '../disk.ts';
import { systemErrorCode } from '../system-error.ts';

/** Locks of this process, so that a second holder in it is refused without asking the file. */
const held = new Set<string>();

interface Owner {
  readonly processId: number;
  /** When the process started, in the operating system's own unit; '' where it cannot be told. */
  readonly startedAt: string;
}

/**
 * The portable fallback: a file naming its owner by process id and start time, so that a recycled process id does not
 * keep a dead owner's lock alive.
 *
 * Limits: processes in different pid namespaces (containers) cannot see whether the other lives; three processes that
 * take over one stale lock in the same millisecond may let two in; Apache Kafka does not know of it.
 */
export async function lockByProcessFile(path: string): Promise<DiskLock | undefined> {
  const ownerPath = `${path}.owner`;
  const key = await realPathOf(path);
  if (held.has(key)) return undefined;
  held.add(key);
  try {
    if (await claim(ownerPath)) return holder(key, ownerPath);
  } catch (error) {
    held.delete(key);
    throw error;
  }
  held.delete(key);
  return undefined;
}

function holder(key: string, ownerPath: string): DiskLock {
  return {
    async release(): Promise<void> {
      if (!held.delete(key)) return;
      await fs.rm(ownerPath, { force: true });
    },
  };
}

async function realPathOf(path: string): Promise<string> {
  await fs.writeFile(path, '', { flag: 'a' });
  return fs.realpath(path);
}

async function claim(ownerPath: string): Promise<boolean> {
  const own: Owner = { processId: process.pid, startedAt: await startTimeOf(process.pid) };
  const draft = `${ownerPath}.${randomUUID()}`;
  await fs.writeFile(draft, JSON.stringify(own));
  try {
    if (await linkIfAbsent(draft, ownerPath)) return true;
    if (await isOwnerAlive(ownerPath)) return false;
    await removeStale(ownerPath);
    return await linkIfAbsent(draft, ownerPath);
  } finally {
    await fs.rm(draft, { force: true });
  }
}

/** A hard link appears with its content complete, so that nobody reads a half-written owner. */
async function linkIfAbsent(draft: string, ownerPath: string): Promise<boolean> {
  try {
    await fs.link(draft, ownerPath);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes a stale file, and only that:
 *
 * 1. A and B both find the file of a dead owner.
 * 2. A removes it and puts its own there.
 * 3. B, still acting on what it saw in 1, moves away the file of A.
 *
 * So B looks at what it moved and puts back the file of a living owner.
 */
async function removeStale(ownerPath: string): Promise<void> {
  const moved = `${ownerPath}.${randomUUID()}`;
  try {
    await fs.rename(ownerPath, moved);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return;
    throw error;
  }
  if (await isOwnerAlive(moved)) await linkIfAbsent(moved, ownerPath);
  await fs.rm(moved, { force: true });
}

async function isOwnerAlive(ownerPath: string): Promise<boolean> {
  const owner = await readOwner(ownerPath);
  if (owner === undefined || !processExists(owner.processId)) return false;
  const startedAt = await startTimeOf(owner.processId);
  return startedAt === '' || owner.startedAt === '' || startedAt === owner.startedAt;
}

async function readOwner(ownerPath: string): Promise<Owner | undefined> {
  try {
    const parsed: unknown = JSON.parse(await fs.readFile(ownerPath, 'utf8'));
    return isOwner(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isOwner(value: unknown): value is Owner {
  return (
    typeof value === 'object' &&
    value !== null &&
    'processId' in value &&
    typeof value.processId === 'number' &&
    'startedAt' in value &&
    typeof value.startedAt === 'string'
  );
}

function processExists(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

/** Field 22 of Linux's `/proc/<pid>/stat`, after the command name, which may hold spaces and brackets itself. */
async function startTimeOf(processId: number): Promise<string> {
  if (process.platform !== 'linux') return '';
  try {
    const stat = await fs.readFile(`/proc/${processId}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
