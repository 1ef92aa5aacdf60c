import type { Disk } from '../disk.ts';
import type { Host } from '../host.ts';
import { nodeHost } from '../node/node-host.ts';
import { MemoryDisk } from './memory-disk.ts';

/** For `memoryHost()`. */
export interface MemoryHostOptions {
  /** The disk of an earlier memory host, to start again over what it holds. Default: an empty one. */
  readonly disk?: Disk;
}

/** The real clock, timers and network, with a disk in memory: for a broker embedded in a test. */
export function memoryHost(options: MemoryHostOptions = {}): Host {
  const host = nodeHost();
  return { ...host, disk: options.disk ?? new MemoryDisk(host.clock) };
}
