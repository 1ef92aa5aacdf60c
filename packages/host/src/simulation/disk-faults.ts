import type { Random } from '../host.ts';

/** What a disk can be asked for. */
export type DiskOperation =
  | 'open'
  | 'read'
  | 'write'
  | 'truncate'
  | 'sync'
  | 'size'
  | 'rename'
  | 'remove'
  | 'mkdir'
  | 'list'
  | 'stat'
  | 'utime'
  | 'lock';

/** Errors of a disk: which, where, and how often. */
export interface DiskFault {
  /** The error, for example `EIO`, `ENOSPC` or `EROFS`. */
  readonly code: string;
  /** Default: every operation. */
  readonly operations?: readonly DiskOperation[];
  /** One file, or those for which the function is true. Default: every path. */
  readonly path?: string | ((path: string) => boolean);
  /** How often it strikes before it is over. Default: without end. */
  readonly times?: number;
  /** How likely it strikes each time, in [0, 1]. Default 1. */
  readonly chance?: number;
}

interface ActiveFault {
  readonly fault: DiskFault;
  timesLeft: number;
}

/** What goes wrong on a simulated disk. Belongs to the machine: it stays across crashes until it is removed. */
export class DiskFaults {
  /** The size of the disk; writes beyond it take what fits and fail with `ENOSPC`. Default: without limit. */
  capacityBytes = Infinity;
  /** Every operation takes this much longer. Default 0. */
  extraLatencyMs = 0;
  /** How many operations have failed so far. */
  strikes = 0;
  readonly #random: Random;
  readonly #active = new Set<ActiveFault>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** @returns a function that ends the fault */
  add(fault: DiskFault): () => void {
    const active: ActiveFault = { fault, timesLeft: fault.times ?? Infinity };
    this.#active.add(active);
    return () => {
      this.#active.delete(active);
    };
  }

  clear(): void {
    this.#active.clear();
    this.capacityBytes = Infinity;
    this.extraLatencyMs = 0;
  }

  /** The error code with which this operation fails, `undefined` if it does not. */
  strike(operation: DiskOperation, path: string): string | undefined {
    for (const active of this.#active) {
      if (!this.#strikes(active.fault, operation, path)) continue;
      active.timesLeft--;
      if (active.timesLeft === 0) this.#active.delete(active);
      this.strikes++;
      return active.fault.code;
    }
    return undefined;
  }

  #strikes({ operations, path: where, chance }: DiskFault, operation: DiskOperation, path: string): boolean {
    if (operations !== undefined && !operations.includes(operation)) return false;
    if (where !== undefined && !(typeof where === 'string' ? where === path : where(path))) return false;
    return chance === undefined || this.#random.float() < chance;
  }
}
