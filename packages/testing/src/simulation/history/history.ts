/** What a client was told of something it asked for. `unknown`: it may have happened, or may happen yet. */
export type Outcome = 'done' | 'unknown';

export type Isolation = 'read_uncommitted' | 'read_committed';

export interface PartitionName {
  readonly topic: string;
  readonly partition: number;
}

interface EventBase {
  /** Order of invocation. */
  readonly id: number;
  /** Which client: what one process does has an order. */
  readonly process: string;
  /** Virtual milliseconds at the invocation. */
  readonly fromMs: number;
  /** At the completion, Infinity when there was none. */
  readonly toMs: number;
}

/** One record. Values are unique in a history: they name the record. */
export interface SendEvent extends EventBase, PartitionName {
  readonly kind: 'send';
  readonly value: string;
  readonly key?: string;
  readonly outcome: Outcome;
  /** As acknowledged, -1 where it is not known. */
  readonly offset: number;
  /** The name of its transaction. */
  readonly transaction?: string;
}

export interface SeenRecord extends PartitionName {
  readonly offset: number;
  readonly value: string;
  readonly key?: string;
}

export interface PollEvent extends EventBase {
  readonly kind: 'poll';
  readonly isolation: Isolation;
  readonly records: readonly SeenRecord[];
}

/** The process was given partitions, or has moved its position in them: what it reads next need not follow what it read. */
export interface AssignEvent extends EventBase {
  readonly kind: 'assign';
  readonly group?: string;
  readonly partitions: readonly PartitionName[];
  /** Where it reads from, undefined where the coordinator or a policy decides. */
  readonly startOffset?: number;
}

/** The process has read everything that these partitions held at `fromMs`. */
export interface ReadToEndEvent extends EventBase {
  readonly kind: 'read-to-end';
  readonly isolation: Isolation;
  readonly partitions: readonly PartitionName[];
}

export interface CommitEvent extends EventBase {
  readonly kind: 'commit';
  readonly group: string;
  readonly outcome: Outcome;
  readonly offsets: readonly (PartitionName & { readonly offset: number })[];
}

export interface TransactionEvent extends EventBase {
  readonly kind: 'transaction';
  readonly transaction: string;
  readonly decision: 'committed' | 'aborted' | 'unknown';
}

export type HistoryEvent =
  | SendEvent
  | PollEvent
  | AssignEvent
  | ReadToEndEvent
  | CommitEvent
  | TransactionEvent;

/** A record of a poll together with the poll. */
export interface Sighting extends SeenRecord {
  readonly poll: PollEvent;
}

export function partitionKey({ topic, partition }: PartitionName): string {
  return `${topic}-${partition}`;
}

/** What clients did and saw, with the indexes that rules need. */
export class History {
  readonly events: readonly HistoryEvent[];
  readonly sends: readonly SendEvent[];
  readonly polls: readonly PollEvent[];
  readonly transactions: ReadonlyMap<string, TransactionEvent>;
  readonly #sends = new Map<string, SendEvent>();
  readonly #sightings = new Map<string, Sighting[]>();
  readonly #byPartition = new Map<string, Sighting[]>();
  readonly #seenCommitted = new Set<string>();

  constructor(events: readonly HistoryEvent[]) {
    this.events = events.toSorted((left, right) => left.id - right.id);
    this.sends = this.events.filter((event) => event.kind === 'send');
    this.polls = this.events.filter((event) => event.kind === 'poll');
    const transactions = this.events.filter((event) => event.kind === 'transaction');
    this.transactions = new Map(transactions.map((event) => [event.transaction, event]));
    for (const send of this.sends) this.#sends.set(send.value, send);
    for (const poll of this.polls) this.#index(poll);
  }

  /** In the order of their polls. */
  sightingsOf(value: string): readonly Sighting[] {
    return this.#sightings.get(value) ?? [];
  }

  sightingsIn(partition: PartitionName): readonly Sighting[] {
    return this.#byPartition.get(partitionKey(partition)) ?? [];
  }

  sendOf(value: string): SendEvent | undefined {
    return this.#sends.get(value);
  }

  /** Written for good: acknowledged, and of a transaction that was committed where it is of one. */
  isCommitted(send: SendEvent): boolean {
    if (send.transaction === undefined) return send.outcome === 'done';
    const decision = this.transactions.get(send.transaction)?.decision;
    return decision === 'committed' || this.#seenCommitted.has(send.transaction);
  }

  #index(poll: PollEvent): void {
    for (const record of poll.records) {
      const sighting = { ...record, poll };
      push(this.#sightings, record.value, sighting);
      push(this.#byPartition, partitionKey(record), sighting);
      const transaction = this.#sends.get(record.value)?.transaction;
      const isVerdict = transaction !== undefined && poll.isolation === 'read_committed';
      if (isVerdict && this.transactions.get(transaction)?.decision !== 'aborted') {
        this.#seenCommitted.add(transaction);
      }
    }
  }
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
