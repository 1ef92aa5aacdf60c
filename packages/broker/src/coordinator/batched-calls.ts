import { KafkaError } from '@millrace/protocol';

export interface BatchedCallsOptions<Target, Item, Answer> {
  /** The most that leave in one request. */
  readonly maxItems: number;
  /** The most that wait for one target; further ones are refused, whoever makes them comes again. */
  readonly maxWaiting: number;
  /** Makes one request of many calls. The answers are in the order of the items. */
  readonly send: (target: Target, items: readonly Item[]) => Promise<readonly Answer[]>;
}

interface WaitingItem<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Calls to other nodes, for each target one request under way at a time: what gathers meanwhile leaves as the next. So a
 * busy node gets few and large requests, and calls to an idle one do not wait.
 *
 * A target is whatever decides which calls may share a request, a node id for example.
 */
export class BatchedCalls<Target extends string | number, Item, Answer> {
  readonly #options: BatchedCallsOptions<Target, Item, Answer>;
  /** Has an entry for each target that has a request under way. */
  readonly #waiting = new Map<Target, WaitingItem<Item, Answer>[]>();

  constructor(options: BatchedCallsOptions<Target, Item, Answer>) {
    this.#options = options;
  }

  /** @throws KafkaError COORDINATOR_NOT_AVAILABLE when too many wait; what `send` rejects with */
  call(target: Target, item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(target);
      if (waiting === undefined) {
        const first = [{ item, resolve, reject }];
        this.#waiting.set(target, first);
        void this.#sendAll(target, first);
      } else if (waiting.length < this.#options.maxWaiting) waiting.push({ item, resolve, reject });
      else reject(tooMany(target, waiting.length));
    });
  }

  /** Never rejects. */
  async #sendAll(target: Target, waiting: WaitingItem<Item, Answer>[]): Promise<void> {
    // Whoever calls in this turn is in the first request.
    await Promise.resolve();
    while (waiting.length > 0) await this.#send(target, waiting.splice(0, this.#options.maxItems));
    this.#waiting.delete(target);
  }

  async #send(target: Target, batch: readonly WaitingItem<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#options.send(
        target,
        batch.map(({ item }) => item),
      );
      if (answers.length !== batch.length)
        throw new KafkaError('UNKNOWN_SERVER_ERROR', 'Answers are missing');
      for (const [at, { resolve }] of batch.entries()) resolve(answers[at]!);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

function tooMany(target: string | number, count: number): KafkaError {
  return new KafkaError('COORDINATOR_NOT_AVAILABLE', `${count} calls wait for ${target} already`);
}
