import { ErrorCode, MillraceError } from '@millrace/protocol';
import { InitProducerIdRequest, InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id';
import { defineApi } from '../cluster/api.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { delay } from '../cluster/delay.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import type { ProducerIdentity } from './partition-sequencer.ts';

const INIT_PRODUCER_ID = defineApi(InitProducerIdRequest, InitProducerIdResponse);
/** Means nothing without a transactional id, but must be positive. */
const TRANSACTION_TIMEOUT_MS = 60_000;

export interface ProducerIdEvents {
  onIdentity(): void;
  /** The cluster refuses for good: whatever waits for an identity fails with this. */
  onRefused(error: Error): void;
  onFailure(error: Error): void;
}

/** Gets the producer id that idempotence needs, when it is first needed, and a new one when epochs run out. */
export class ProducerIdSource {
  readonly #cluster: Cluster;
  readonly #events: ProducerIdEvents;
  #current: ProducerIdentity | undefined;
  #isAsking = false;

  constructor(cluster: Cluster, events: ProducerIdEvents) {
    this.#cluster = cluster;
    this.#events = events;
  }

  get current(): ProducerIdentity | undefined {
    return this.#current;
  }

  /** Asks for a (new) identity unless that is under way. The current one stays until then. */
  request(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    void this.#ask().finally(() => {
      this.#isAsking = false;
    });
  }

  async #ask(): Promise<void> {
    const { closing, host, retryBackoff } = this.#cluster;
    for (let failures = 1; !closing.aborted; failures++) {
      try {
        this.#current = await this.#askOnce();
        this.#events.onIdentity();
        return;
      } catch (error) {
        if (closing.aborted) return;
        if (!(error instanceof MillraceError) || !error.retriable)
          return this.#events.onRefused(error as Error);
        this.#events.onFailure(error);
      }
      // Ended by the client's close alone, which the loop sees.
      await delay(host, retryBackoff.delayMs(failures), closing).catch(() => {});
    }
  }

  async #askOnce(): Promise<ProducerIdentity> {
    const { response } = await this.#cluster.send({
      to: 'any',
      api: INIT_PRODUCER_ID,
      message: { transactionalId: null, transactionTimeoutMs: TRANSACTION_TIMEOUT_MS },
    });
    const { errorCode, producerId, producerEpoch } = response;
    if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, 'InitProducerId');
    return { producerId, epoch: producerEpoch };
  }
}
