/**
 * What the machine gives to Millrace: clock, timers, random, disk and network behind small interfaces.
 *
 * @packageDocumentation
 */
export type { Clock, Host, Random, Timer, TimerOptions, Timers } from './host.ts';
export type { DirectoryEntry, Disk, DiskFile, DiskLock, FileStatus } from './disk.ts';
export type {
  ConnectOptions,
  Connection,
  ConnectionHandlers,
  Listener,
  Network,
  SocketAddress,
} from './network.ts';
export { silentLogger, type LogFields, type Logger } from './logger.ts';
export { MemoryDisk } from './memory/memory-disk.ts';
export { memoryHost, type MemoryHostOptions } from './memory/memory-host.ts';
export { nodeHost } from './node/node-host.ts';
export { SeededRandom } from './random/seeded-random.ts';
export { replaceFile } from './replace-file.ts';
export { systemError, systemErrorCode, type SystemErrorPlace } from './system-error.ts';
