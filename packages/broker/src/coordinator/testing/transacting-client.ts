import { ErrorCode } from '@millrace/protocol';
import type {
  MarkerRequest,
  ProducerReply,
  TransactionCall,
  TransactionReply,
} from '../../transaction/transaction-calls.ts';
import { Violation, type ModelClient } from './fail-over-simulation.ts';

/** What became of transactions, by producer id and the epoch of their markers; and what clients were told. */
export class Decisions {
  readonly #markers = new Map<string, boolean>();
  readonly #promises = new Map<string, boolean>();

  /** A coordinator sends markers. */
  onMarkers({ producerId, producerEpoch, isCommit }: MarkerRequest): void {
    this.#note(this.#markers, `${producerId}:${producerEpoch}`, isCommit);
  }

  /** A client was told that its transaction has ended so. */
  onPromise(producerId: number, producerEpoch: number, isCommit: boolean): void {
    this.#note(this.#promises, `${producerId}:${producerEpoch}`, isCommit);
  }

  /** Every promise was kept. @returns how many there were */
  check(): number {
    for (const [transaction, isCommit] of this.#promises)
      if (this.#markers.get(transaction) !== isCommit) throw new Violation(`${transaction} was never ended`);
    return this.#promises.size;
  }

  #note(into: Map<string, boolean>, transaction: string, isCommit: boolean): void {
    for (const known of [this.#markers, this.#promises])
      if (known.get(transaction) === !isCommit) throw new Violation(`${transaction} was ended both ways`);
    into.set(transaction, isCommit);
  }
}

type Step = 'init' | 'add' | 'end';
type Next = ReturnType<ModelClient<TransactionCall, TransactionReply>['next']>;

/** Runs one transaction after the other, and tries again whatever it has no answer for. */
export class TransactingClient implements ModelClient<TransactionCall, TransactionReply> {
  readonly #transactionalId: string;
  readonly #decisions: Decisions;
  readonly #nextProducerId: () => number;
  #step: Step = 'init';
  #producerId = -1;
  #producerEpoch = -1;
  #transactions = 0;

  constructor(transactionalId: string, decisions: Decisions, nextProducerId: () => number) {
    this.#transactionalId = transactionalId;
    this.#decisions = decisions;
    this.#nextProducerId = nextProducerId;
  }

  next(): Next {
    switch (this.#step) {
      case 'init':
        return this.#init();
      case 'add':
        return this.#add();
      case 'end':
        return this.#end();
    }
  }

  #init(): Next {
    const call = { api: 'init', transactionalId: this.#transactionalId, timeoutMs: 60_000 } as const;
    return {
      call: { ...call, newProducerId: this.#nextProducerId() },
      onReply: (reply) => this.#goOn(reply as ProducerReply, 'add'),
    };
  }

  #add(): Next {
    const partitions = new Map([['orders', new Set([this.#transactions % 3])]]);
    return {
      call: { api: 'add', ...this.#producer, partitions, clientVersion: 2 },
      onReply: ({ errorCode }: TransactionReply & { errorCode: number }) => this.#after(errorCode, 'end'),
    };
  }

  #end(): Next {
    const isCommit = this.#transactions % 2 === 0;
    const producer = this.#producer;
    return {
      call: { api: 'end', ...producer, isCommit, clientVersion: 2 },
      onReply: (reply) => {
        if (!this.#goOn(reply as ProducerReply, 'add')) return;
        this.#decisions.onPromise(producer.producerId, producer.producerEpoch + 1, isCommit);
        this.#transactions++;
      },
    };
  }

  get #producer() {
    const { producerId, producerEpoch } = {
      producerId: this.#producerId,
      producerEpoch: this.#producerEpoch,
    };
    return { transactionalId: this.#transactionalId, producerId, producerEpoch };
  }

  #goOn({ errorCode, producerId, producerEpoch }: ProducerReply, next: Step): boolean {
    if (!this.#after(errorCode, next)) return false;
    this.#producerId = producerId;
    this.#producerEpoch = producerEpoch;
    return true;
  }

  #after(errorCode: number, next: Step): boolean {
    if (errorCode === ErrorCode.NONE) this.#step = next;
    else if (!passing.has(errorCode)) throw new Violation(`${this.#transactionalId} got ${errorCode}`);
    return errorCode === ErrorCode.NONE;
  }
}

/** Nobody else uses the id, so there is nothing else that a coordinator could have to say. */
const passing: ReadonlySet<number> = new Set([
  ErrorCode.NOT_COORDINATOR,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
  ErrorCode.CONCURRENT_TRANSACTIONS,
]);
