import type { Random } from '../host.ts';
import { systemError } from '../system-error.ts';
import type { DiskFaults, DiskOperation } from './disk-faults.ts';
import type { Incarnation } from './incarnation.ts';
import type { Simulation } from './simulation.ts';

/** From-to in microseconds: an SSD whose flush is the slow part. */
const LATENCY_US: Readonly<Record<'sync' | 'other', readonly [number, number]>> = {
  sync: [200, 3000],
  other: [5, 150],
};

export interface DiskRequest<T> {
  readonly operation: DiskOperation;
  /** The system call that the error names. */
  readonly syscall: string;
  readonly path: string;
  readonly bytes?: readonly Uint8Array[];
  /** Happens when the request completes. What it throws rejects the promise. */
  run(): T;
  /** What else a failing device does before the error is reported. */
  onFault?(): void;
}

/** Turns disk operations of one incarnation into events: they complete later, in any order, or never after a crash. */
export class DiskScheduler {
  readonly #simulation: Simulation;
  readonly #owner: Incarnation;
  readonly #random: Random;
  readonly #faults: DiskFaults;

  constructor(simulation: Simulation, owner: Incarnation, random: Random, faults: DiskFaults) {
    this.#simulation = simulation;
    this.#owner = owner;
    this.#random = random;
    this.#faults = faults;
  }

  submit<T>(request: DiskRequest<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // The process is gone: its calls do nothing and nobody is there to get an answer.
    if (this.#owner.hasEnded) return promise;
    this.#simulation.schedule({
      kind: 'disk',
      label: `${request.syscall} ${request.path}`,
      delayUs: this.#latencyUs(request.operation),
      owner: this.#owner,
      ...(request.bytes === undefined ? {} : { bytes: request.bytes }),
      run: () => {
        try {
          resolve(this.#complete(request));
        } catch (error) {
          reject(error);
        }
      },
    });
    return promise;
  }

  #complete<T>(request: DiskRequest<T>): T {
    const code = this.#faults.strike(request.operation, request.path);
    if (code === undefined) return request.run();
    request.onFault?.();
    throw systemError(code, { syscall: request.syscall, path: request.path });
  }

  #latencyUs(operation: DiskOperation): number {
    const [least, most] = LATENCY_US[operation === 'sync' ? 'sync' : 'other'];
    return least + (this.#random.uint32() % (most - least)) + Math.round(this.#faults.extraLatencyMs * 1000);
  }
}
