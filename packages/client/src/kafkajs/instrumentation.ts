import type { Logger } from './kafkajs-logger.ts';
import { KafkaJSNonRetriableError } from './kafkajs-errors.ts';

export interface InstrumentationEvent<Payload> {
  id: string;
  type: string;
  timestamp: number;
  payload: Payload;
}

/** Takes a listener away again. */
export type RemoveInstrumentationEventListener<_Name> = () => void;

type Listener<Events, Name extends keyof Events> = (event: InstrumentationEvent<Events[Name]>) => unknown;

let lastId = 0;

/** The events of one client. `Events`: payloads by full name, such as `consumer.group_join`. */
export class Instrumentation<Events extends object> {
  readonly #names: Readonly<Record<string, keyof Events>>;
  readonly #prefix: string;
  readonly #logger: Logger;
  readonly #nowMs: () => number;
  readonly #listeners = new Map<keyof Events, Set<(event: InstrumentationEvent<never>) => unknown>>();

  /** @param names as in `producer.events` */
  constructor(
    prefix: string,
    names: Readonly<Record<string, keyof Events>>,
    { logger, nowMs }: { readonly logger: Logger; readonly nowMs: () => number },
  ) {
    this.#prefix = prefix;
    this.#names = names;
    this.#logger = logger;
    this.#nowMs = nowMs;
  }

  /** @throws KafkaJSNonRetriableError where there is no such event */
  on<Name extends keyof Events>(name: Name, listener: Listener<Events, Name>): () => void {
    if (!Object.values(this.#names).includes(name)) {
      const known = Object.keys(this.#names).map((key) => `${this.#prefix}.events.${key}`);
      throw new KafkaJSNonRetriableError(`Event name should be one of ${known.join(', ')}`);
    }
    let listeners = this.#listeners.get(name);
    if (listeners === undefined) this.#listeners.set(name, (listeners = new Set()));
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  has(name: keyof Events): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0;
  }

  /** A listener that fails is logged, and nobody else hears of it. */
  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      const event = { id: String(lastId++), type: String(name), timestamp: this.#nowMs(), payload };
      this.#call(String(name), () => (listener as Listener<Events, Name>)(event));
    }
  }

  #call(eventName: string, run: () => unknown): void {
    const failed = (error: unknown) => {
      const { message, stack } = error as Error;
      this.#logger.error(`Failed to execute listener: ${message}`, { eventName, stack });
    };
    try {
      const result = run();
      if (result instanceof Promise) result.catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}
