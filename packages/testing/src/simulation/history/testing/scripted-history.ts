import {
  History,
  type AssignEvent,
  type CommitEvent,
  type HistoryEvent,
  type Isolation,
  type SendEvent,
  type TransactionEvent,
} from '../history.ts';

type Seen = readonly [partition: number, offset: number, value: string, key?: string];

const TOPIC = 'orders';

/** Histories by hand: every event takes a millisecond, one after the other; one topic, `orders`. */
export class ScriptedHistory {
  readonly #events: HistoryEvent[] = [];

  get history(): History {
    return new History(this.#events);
  }

  send(process: string, partition: number, value: string, more: Partial<SendEvent> = {}): this {
    const defaults = { topic: TOPIC, partition, value, outcome: 'done', offset: -1 } as const;
    return this.#add({ ...this.#base(process), kind: 'send', ...defaults, ...more });
  }

  poll(process: string, seen: readonly Seen[], isolation: Isolation = 'read_committed'): this {
    const records = seen.map(([partition, offset, value, key]) => {
      const record = { topic: TOPIC, partition, offset, value };
      return key === undefined ? record : { ...record, key };
    });
    return this.#add({ ...this.#base(process), kind: 'poll', isolation, records });
  }

  assign(process: string, partitions: readonly number[], more: Partial<AssignEvent> = {}): this {
    return this.#add({ ...this.#base(process), kind: 'assign', partitions: partitions.map(named), ...more });
  }

  readToEnd(process: string, partitions: readonly number[], topic: string = TOPIC): this {
    const names = partitions.map((partition) => ({ topic, partition }));
    const isolation = 'read_committed';
    return this.#add({ ...this.#base(process), kind: 'read-to-end', isolation, partitions: names });
  }

  commit(process: string, partition: number, offset: number, more: Partial<CommitEvent> = {}): this {
    const offsets = [{ ...named(partition), offset }];
    return this.#add({
      ...this.#base(process),
      kind: 'commit',
      group: 'g',
      outcome: 'done',
      offsets,
      ...more,
    });
  }

  end(process: string, transaction: string, decision: TransactionEvent['decision']): this {
    return this.#add({ ...this.#base(process), kind: 'transaction', transaction, decision });
  }

  #base(process: string) {
    const id = this.#events.length;
    return { id, process, fromMs: id * 2, toMs: id * 2 + 1 };
  }

  #add(event: HistoryEvent): this {
    this.#events.push(event);
    return this;
  }
}

function named(partition: number) {
  return { topic: TOPIC, partition };
}
