/**
 * What the machine gives to Millrace: clock, timers, random, disk and network behind small interfaces.
 *
 * ```ts
 * import { nodeHost, Simulation, type Host } from '@millrace/host';
 *
 * async function save(host: Host, directory: string): Promise<void> {
 *   await host.disk.writeFile(`${directory}/saved`, `at ${host.clock.nowMs()}`, { sync: true });
 * }
 *
 * await save(nodeHost(), '/tmp');
 *
 * const simulation = new Simulation({ seed: 7 });
 * await simulation.run(() => save(simulation.host('node-1'), '/'));
 * simulation.trace; // equal for equal seeds
 * ```
 *
 * @packageDocumentation
 */
export type { Clock, Host, Random, Timer, TimerOptions, Timers } from './host.ts';
export type { DirectoryEntry, Disk, DiskFile, DiskLock, DiskSpace, FileStatus } from './disk.ts';
export type {
  ConnectOptions,
  Connection,
  ConnectionHandlers,
  Listener,
  ListenOptions,
  Network,
  SocketAddress,
  TlsClientOptions,
  TlsCredentials,
  TlsServerOptions,
  TlsSession,
  TlsVersion,
} from './network.ts';
export { letHeapGrow } from './node/let-heap-grow.ts';
export { connectionOver, type ConnectionOverOptions } from './node/connection-over.ts';
export { Turns } from './turns.ts';
export { silentLogger, type LogFields, type Logger } from './logger.ts';
export { makeDurableDirectory } from './make-durable-directory.ts';
export { MemoryDisk } from './memory/memory-disk.ts';
export { memoryHost, type MemoryHostOptions } from './memory/memory-host.ts';
export { nodeHost } from './node/node-host.ts';
export { SeededRandom } from './random/seeded-random.ts';
export { replaceFile } from './replace-file.ts';
export { systemError, systemErrorCode, type SystemErrorPlace } from './system-error.ts';
export { hostErrors, SimulationError } from './errors.ts';
export type { DiskFault, DiskOperation } from './simulation/disk-faults.ts';
export type { EventKind, SimulationEvent } from './simulation/event-trace.ts';
export type { LinkOptions } from './simulation/network-link.ts';
export type { CrashOptions, SimulatedHost } from './simulation/simulated-host.ts';
export type { Between, SimulatedInternet } from './simulation/simulated-internet.ts';
export { Simulation, type SimulationOptions } from './simulation/simulation.ts';
export type { UnsyncedFate } from './simulation/unsynced-file.ts';
