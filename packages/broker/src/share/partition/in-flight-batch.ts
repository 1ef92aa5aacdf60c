import { DeliveryState, isTerminal, type StateBatch } from '../state/state-batch.ts';

/** Nobody holds it. */
export const NO_MEMBER = '';

/** Records next to each other that share everything there is to know of them. */
export interface Run {
  firstOffset: number;
  lastOffset: number;
  state: DeliveryState;
  deliveryCount: number;
  /** Who holds them while they are acquired. */
  memberId: string;
  /** Monotonic time at which they are taken from their holder; Infinity unless acquired. */
  lockedUntilMs: number;
  /** What they become once that is durable. Nobody else may change them meanwhile. */
  pending: PendingState | undefined;
}

export interface PendingState {
  readonly state: DeliveryState;
  readonly deliveryCount: number;
  readonly change: ShareChange;
}

/** A change that waits to be durable: the runs that are pending for it, wherever they were cut since. */
export class ShareChange {
  readonly touched = new Set<InFlightBatch>();

  get isEmpty(): boolean {
    return this.runs().length === 0;
  }

  runs(): Run[] {
    return [...this.touched].flatMap((batch) => batch.runs.filter((run) => run.pending?.change === this));
  }
}

/**
 * Records that were handed out together, which is what acknowledgements usually come for: one run. It falls into several
 * when parts of it go different ways.
 */
export class InFlightBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** In order, without gaps, from the first offset to the last. */
  readonly runs: Run[];
  /** Are its records told apart? Stays so once it is. */
  isSplit = false;

  constructor(run: Run) {
    this.firstOffset = run.firstOffset;
    this.lastOffset = run.lastOffset;
    this.runs = [run];
  }

  get recordCount(): number {
    return this.lastOffset - this.firstOffset + 1;
  }

  /** The one run of a batch that is not split. */
  get whole(): Run {
    return this.runs[0]!;
  }

  /** The runs within these offsets, cut so that none reaches out of them. */
  runsWithin(firstOffset: number, lastOffset: number): readonly Run[] {
    this.#cutBefore(firstOffset);
    this.#cutBefore(lastOffset + 1);
    return this.runs.filter((run) => run.firstOffset >= firstOffset && run.lastOffset <= lastOffset);
  }

  /** Puts neighbours together that have become alike. */
  joinRuns(): void {
    let kept = 0;
    for (let at = 1; at < this.runs.length; at++) {
      const [run, next] = [this.runs[kept]!, this.runs[at]!];
      if (isAlike(run, next)) run.lastOffset = next.lastOffset;
      else this.runs[++kept] = next;
    }
    this.runs.length = kept + 1;
  }

  #cutBefore(offset: number): void {
    const at = this.runs.findIndex((run) => run.firstOffset < offset && run.lastOffset >= offset);
    if (at === -1) return;
    const run = this.runs[at]!;
    this.runs.splice(at + 1, 0, { ...run, firstOffset: offset });
    run.lastOffset = offset - 1;
  }
}

/** Runs of a change under way are told apart by who made it, so they stay what they are. */
function isAlike(a: Run, b: Run): boolean {
  return (
    a.pending === undefined &&
    b.pending === undefined &&
    a.state === b.state &&
    a.deliveryCount === b.deliveryCount &&
    a.memberId === b.memberId &&
    a.lockedUntilMs === b.lockedUntilMs
  );
}

/** Can the run be handed out? */
export function isAvailable({ state, pending }: Run): boolean {
  return state === DeliveryState.available && pending === undefined;
}

/** Is it done with, once what is under way is durable? */
export function isDone({ state, pending }: Run): boolean {
  return isTerminal(pending?.state ?? state);
}

/** Is it done with for good? */
export function isDoneForGood({ state, pending }: Run): boolean {
  return pending === undefined && isTerminal(state);
}

/** What is written down of a run: where it is going. */
export function stateBatchOf({ firstOffset, lastOffset, state, deliveryCount, pending }: Run): StateBatch {
  return {
    firstOffset,
    lastOffset,
    deliveryState: pending?.state ?? state,
    deliveryCount: pending?.deliveryCount ?? deliveryCount,
  };
}

export function archive(run: Run): void {
  run.state = DeliveryState.archived;
  run.memberId = NO_MEMBER;
  run.lockedUntilMs = Infinity;
}
