import {
  History,
  type AssignEvent,
  type CommitEvent,
  type HistoryEvent,
  type PollEvent,
  type ReadToEndEvent,
  type SendEvent,
  type TransactionEvent,
} from '../history/history.ts';

type Open<Event> = { -readonly [Key in keyof Event]: Event[Key] };
type Told<Event> = Omit<Event, 'id' | 'fromMs' | 'toMs' | 'kind'>;

/**
 * Takes down what clients ask for and what they are told. An event is there from its invocation, without an end: that
 * is how it stays when its client is killed.
 */
export class HistoryRecorder {
  readonly #nowMs: () => number;
  readonly #events: HistoryEvent[] = [];
  #lastDoneFromMs = -1;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get history(): History {
    return new History(this.#events);
  }

  /** When the newest of those things was asked for that have been done. */
  get lastDoneFromMs(): number {
    return this.#lastDoneFromMs;
  }

  /** Something was done that was asked for at `fromMs`. */
  isDone(fromMs: number): void {
    this.#lastDoneFromMs = Math.max(this.#lastDoneFromMs, fromMs);
  }

  send(told: Omit<Told<SendEvent>, 'outcome' | 'offset'>): (offset: number) => void {
    const event: Open<SendEvent> = this.#open({ kind: 'send', outcome: 'unknown', offset: -1, ...told });
    return (offset) => {
      event.outcome = 'done';
      event.offset = offset;
      event.toMs = this.#nowMs();
      this.isDone(event.fromMs);
    };
  }

  commit(told: Omit<Told<CommitEvent>, 'outcome'>): () => void {
    const event: Open<CommitEvent> = this.#open({ kind: 'commit', outcome: 'unknown', ...told });
    return () => {
      event.outcome = 'done';
      event.toMs = this.#nowMs();
    };
  }

  transaction(process: string, transaction: string): (decision: TransactionEvent['decision']) => void {
    const event: Open<TransactionEvent> = this.#open({
      kind: 'transaction',
      process,
      transaction,
      decision: 'unknown',
    });
    return (decision) => {
      event.decision = decision;
      event.toMs = this.#nowMs();
    };
  }

  /** Asked at `fromMs`, answered now. */
  poll(fromMs: number, told: Told<PollEvent>): void {
    if (told.records.length > 0) this.#over({ kind: 'poll', ...told, fromMs });
  }

  assign(told: Told<AssignEvent>): void {
    this.#over({ kind: 'assign', ...told, fromMs: this.#nowMs() });
  }

  readToEnd(fromMs: number, told: Told<ReadToEndEvent>): void {
    this.#over({ kind: 'read-to-end', ...told, fromMs });
  }

  #open<Event extends HistoryEvent>(told: Omit<Event, 'id' | 'fromMs' | 'toMs'>): Event {
    const base = { id: this.#events.length, fromMs: this.#nowMs(), toMs: Infinity };
    const event = { ...told, ...base } as Event;
    this.#events.push(event);
    return event;
  }

  #over(
    told:
      | Omit<PollEvent, 'id' | 'toMs'>
      | Omit<AssignEvent, 'id' | 'toMs'>
      | Omit<ReadToEndEvent, 'id' | 'toMs'>,
  ) {
    this.#events.push({ ...told, id: this.#events.length, toMs: this.#nowMs() });
  }
}
