import { ErrorCode, KafkaError, MillraceError } from '@millrace/protocol';
import { abortable } from '../cluster/abortable.ts';
import type { Target } from '../cluster/cluster.ts';
import { Deadline } from '../cluster/deadline.ts';
import { delay } from '../cluster/delay.ts';
import { TimeoutError } from '../errors.ts';
import { limitOf, type AdminCallOptions, type AdminContext } from './admin-context.ts';
import { ItemsFailedError } from './items-failed-error.ts';

/** Items that one request is about, and who gets it. */
export interface Route<Item> {
  readonly to: Target;
  readonly items: readonly Item[];
}

/** Outcome by item key; an item left out of it counts as not answered and is asked for again. */
export type Outcomes<Value> = ReadonlyMap<string, Value | Error>;

/** How an operation about many items is done. */
export interface ItemsPlan<Item, Value> {
  /** Name of the Admin method, for errors. */
  readonly operation: string;
  readonly items: readonly Item[];
  keyOf(item: Item): string;
  /** Sorts items into requests; called anew for each round, with what is still open. */
  route(items: readonly Item[], round: number): Promise<readonly Route<Item>[]> | readonly Route<Item>[];
  /** One request. What it throws counts for all its items. */
  ask(route: Route<Item>): Promise<Outcomes<Value>>;
}

/** Default of `unknownTopicPatienceMs`: a slip of the finger must not cost a minute. */
const UNKNOWN_TOPIC_PATIENCE_MS = 2000;

/**
 * Asks until every item has its answer, a final error, or the time is up.
 * @throws ItemsFailedError if any item failed
 */
export async function runItems<Item, Value>(
  context: AdminContext,
  plan: ItemsPlan<Item, Value>,
  options: AdminCallOptions,
): Promise<Map<string, Value>> {
  const run = new ItemsRun(context, plan, options);
  await run.finish();
  if (run.errors.size > 0) throw new ItemsFailedError(plan.operation, run.results, run.errors);
  return run.results;
}

class ItemsRun<Item, Value> {
  readonly results = new Map<string, Value>();
  readonly errors = new Map<string, Error>();
  readonly #context: AdminContext;
  readonly #plan: ItemsPlan<Item, Value>;
  readonly #options: AdminCallOptions;
  readonly #deadline: Deadline;
  readonly #signal: AbortSignal;

  constructor(context: AdminContext, plan: ItemsPlan<Item, Value>, options: AdminCallOptions) {
    const { cluster, defaultTimeoutMs } = context;
    this.#context = context;
    this.#plan = plan;
    this.#options = options;
    this.#deadline = new Deadline(cluster.host, options.timeoutMs ?? defaultTimeoutMs);
    this.#signal =
      options.signal === undefined ? cluster.closing : AbortSignal.any([options.signal, cluster.closing]);
  }

  async finish(): Promise<void> {
    const { cluster } = this.#context;
    let open = this.#plan.items;
    for (let round = 1; open.length > 0; round++) {
      try {
        await this.#deadline.race(abortable(this.#round(open, round), this.#signal), () => this.#expired());
      } catch (error) {
        this.#signal.throwIfAborted();
        // Why the round before was in vain says more than that this one has taken too long.
        const isLate = error instanceof TimeoutError && this.#deadline.isExpired;
        if (!isLate) for (const item of open) this.#failed(item, error as Error);
      }
      open = open.filter((item) => this.#isOpen(item));
      const pauseMs = cluster.retryBackoff.delayMs(round);
      if (pauseMs >= this.#deadline.remainingMs) return this.#giveUp(open);
      if (open.length > 0) await delay(cluster.host, pauseMs, this.#signal);
    }
  }

  async #round(open: readonly Item[], round: number): Promise<void> {
    const routes = await this.#plan.route(open, round);
    await Promise.all(routes.map((route) => this.#ask(route)));
  }

  async #ask(route: Route<Item>): Promise<void> {
    try {
      const outcomes = await this.#plan.ask(route);
      for (const item of route.items) {
        const outcome = outcomes.get(this.#plan.keyOf(item));
        if (outcome instanceof Error) this.#failed(item, outcome);
        else if (outcome !== undefined) this.#succeeded(item, outcome);
      }
    } catch (error) {
      for (const item of route.items) this.#failed(item, error as Error);
    }
  }

  #succeeded(item: Item, value: Value): void {
    const key = this.#plan.keyOf(item);
    this.results.set(key, value);
    this.errors.delete(key);
  }

  #failed(item: Item, error: Error): void {
    const key = this.#plan.keyOf(item);
    if (!this.results.has(key)) this.errors.set(key, error);
  }

  #isOpen(item: Item): boolean {
    const key = this.#plan.keyOf(item);
    const error = this.errors.get(key);
    if (error === undefined) return !this.results.has(key);
    if (!(error instanceof MillraceError) || !error.retriable || error instanceof TimeoutError) return false;
    const isUnknownTopic =
      error instanceof KafkaError && error.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    const elapsedMs = this.#deadline.timeoutMs - this.#deadline.remainingMs;
    const patienceMs = this.#options.unknownTopicPatienceMs ?? UNKNOWN_TOPIC_PATIENCE_MS;
    return !isUnknownTopic || elapsedMs < patienceMs;
  }

  #giveUp(open: readonly Item[]): void {
    for (const item of open) {
      this.errors.set(this.#plan.keyOf(item), this.#expired(this.errors.get(this.#plan.keyOf(item))));
    }
  }

  #expired(failure?: Error): TimeoutError {
    const { operation } = this.#plan;
    const cause = failure ?? this.#context.cluster.refresher.lastFailure;
    return new TimeoutError(operation, this.#deadline.timeoutMs, limitOf(this.#options), { cause });
  }
}
