import type { Random } from '../host.ts';
import type { PagedContent } from '../memory/paged-content.ts';

/** What a disk writes as a whole or not at all. */
export const SECTOR_BYTES = 512;

/**
 * What a power loss leaves of writes that were not synced. `random` picks one of the others for each file.
 *
 * - `lost`: nothing; `kept`: everything
 * - `torn`: a beginning, cut at any sector
 * - `scattered`: any sectors, whatever their order was; what is missing in between reads as zeros
 */
export type UnsyncedFate = 'random' | 'lost' | 'kept' | 'torn' | 'scattered';

export type PendingChange =
  | { readonly kind: 'write'; readonly bytes: Buffer; readonly position: number }
  | { readonly kind: 'truncate'; readonly sizeBytes: number };

const FATES = ['lost', 'kept', 'torn', 'scattered'] as const;

/** The durable content of one file and the changes on top of it that a power loss may take. */
export class UnsyncedFile {
  readonly #durable: PagedContent;
  #pending: PendingChange[] = [];

  constructor(durable: PagedContent) {
    this.#durable = durable;
  }

  add(change: PendingChange): void {
    this.#pending.push(change);
  }

  sync(): void {
    for (const change of this.#pending) apply(this.#durable, change);
    this.#pending = [];
  }

  /**
   * A failed sync: as on Linux, the pages count as clean afterwards, so no later sync brings them to the disk, and a
   * power loss takes them for certain ("fsyncgate").
   */
  forgetPending(): void {
    this.#pending = [];
  }

  /** The content after a power loss. `inFlight` are writes that had not been answered yet. */
  afterPowerLoss(random: Random, fate: UnsyncedFate, inFlight: readonly PendingChange[]): PagedContent {
    const changes = [...this.#pending, ...inFlight];
    const chosen = fate === 'random' ? pick(random, FATES) : fate;
    if (chosen === 'lost') return this.#durable;
    const pieces = changes.flatMap(sectorsOf);
    for (const piece of survivors(random, chosen, pieces, this.#durable.sizeBytes))
      apply(this.#durable, piece);
    return this.#durable;
  }
}

export function apply(content: PagedContent, change: PendingChange): void {
  if (change.kind === 'write') content.write(change.bytes, change.position);
  else content.truncate(change.sizeBytes);
}

function survivors(
  random: Random,
  fate: 'kept' | 'torn' | 'scattered',
  pieces: readonly PendingChange[],
  durableBytes: number,
) {
  if (fate === 'kept') return pieces;
  if (fate === 'torn') return pieces.slice(0, random.uint32() % (pieces.length + 1));
  const chance = random.float();
  const kept = pieces.filter(() => random.float() < chance);
  // File systems journal sizes apart from data: what a file grew by may be zeros. A sector that is written again is not:
  // it holds what it held before, or what was written.
  const last = pieces.at(-1);
  if (last?.kind === 'write' && random.float() < 0.25) kept.push(zerosOf(last, durableBytes));
  return kept;
}

function zerosOf(
  { bytes, position }: PendingChange & { kind: 'write' },
  durableBytes: number,
): PendingChange {
  const start = Math.min(Math.max(position, durableBytes), position + bytes.length);
  return { kind: 'write', bytes: Buffer.alloc(position + bytes.length - start), position: start };
}

function sectorsOf(change: PendingChange): PendingChange[] {
  if (change.kind === 'truncate') return [change];
  const sectors: PendingChange[] = [];
  for (let start = 0; start < change.bytes.length;) {
    const position = change.position + start;
    const end = Math.min(change.bytes.length, start + SECTOR_BYTES - (position % SECTOR_BYTES));
    sectors.push({ kind: 'write', bytes: change.bytes.subarray(start, end), position });
    start = end;
  }
  return sectors;
}

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random.uint32() % choices.length] as T;
}
