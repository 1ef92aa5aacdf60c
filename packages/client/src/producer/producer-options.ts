import { clientOptionNames, type ClientOptions } from '../client-options.ts';
import { InvalidConfigError } from '../errors.ts';
import type { Partitioner } from './partitioner.ts';
import type { ProducerInterceptor } from './producer-interceptors.ts';
import { RoundRobinPartitioner } from './round-robin-partitioner.ts';

/** What is not a Kafka property. */
export interface ProducerOptions extends ClientOptions {
  /** Chooses partitions for records that do not state theirs. Default: Kafka's rules. */
  readonly partitioner?: Partitioner;
  /** Asking for a topic that does not exist may create it, if the broker allows that. Default true. */
  readonly allowAutoTopicCreation?: boolean;
  /** See every record on its way out, and its acknowledgement; in this order. */
  readonly interceptors?: readonly ProducerInterceptor[];
}

export const producerOptionNames = Object.keys({
  ...clientOptionNames,
  partitioner: true,
  allowAutoTopicCreation: true,
  interceptors: true,
} satisfies Record<keyof ProducerOptions, true>);

/** For `send()`. */
export interface SendOptions {
  /** Ends the wait for the outcome. The records may be written all the same. */
  readonly signal?: AbortSignal;
}

/** For `close()` of a producer. */
export interface CloseOptions {
  /** How long records already sent may take; what is not acknowledged by then fails. Default: no limit of its own. */
  readonly timeoutMs?: number;
  /** Ends the wait, as when the time is over; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** @throws InvalidConfigError where both are given */
export function choosePartitioner(name: string, own: Partitioner | undefined): Partitioner | undefined {
  if (name === '') return own;
  if (own === undefined) return new RoundRobinPartitioner();
  throw new InvalidConfigError(
    'partitioner.class',
    `is ${name}, but there is the option "partitioner" as well`,
  );
}
