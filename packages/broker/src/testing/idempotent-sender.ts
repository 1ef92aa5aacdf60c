import type { Host } from '@millrace/host';
import { buildBatch, ErrorCode } from '@millrace/protocol';
import { InitProducerIdRequest, InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id';
import { ProduceRequest, ProduceResponse } from '@millrace/protocol/messages/produce';
import { RawConnection } from './raw-connection.ts';

interface SentBatch {
  readonly sequence: number;
  readonly values: readonly string[];
}

const MAX_IN_FLIGHT = 5;
const RECORDS_PER_BATCH = 7;
const VERSION = 9;

/**
 * The least producer that keeps its promise over lost connections: batches with sequence numbers, five in flight, and
 * after a new connection everything unanswered once more, in order.
 */
export class IdempotentSender {
  /** Values the broker acknowledged. */
  readonly acknowledged = new Set<string>();
  readonly #topic: string;
  #producerId = -1;
  #nextSequence = 0;
  /** Sent, or to be sent again, oldest first. */
  #unanswered: SentBatch[] = [];

  constructor(topic: string) {
    this.#topic = topic;
  }

  get sentCount(): number {
    return this.#nextSequence;
  }

  /** Sends until the connection is lost or `isDone` says so, and then what is unanswered. */
  async run(host: Host, port: number, isDone: () => boolean): Promise<void> {
    const connection = await RawConnection.open(host, { host: '127.0.0.1', port });
    try {
      await this.#converse(connection, isDone);
    } finally {
      connection.destroy();
    }
  }

  async #converse(connection: RawConnection, isDone: () => boolean): Promise<void> {
    if (this.#producerId < 0) {
      const answer = await connection.send({
        request: InitProducerIdRequest,
        response: InitProducerIdResponse,
        version: 4,
        message: { transactionalId: null, transactionTimeoutMs: 1000 },
      });
      this.#producerId = answer.producerId;
    }
    const inFlight: Promise<void>[] = [];
    const retries = [...this.#unanswered];
    while (retries.length > 0 || !isDone()) {
      const sent = this.#send(connection, retries.shift() ?? this.#newBatch());
      // The first failure is the one that is reported; those behind it share its cause.
      sent.catch(() => {});
      inFlight.push(sent);
      if (inFlight.length >= MAX_IN_FLIGHT) await inFlight.shift();
    }
    await Promise.all(inFlight);
  }

  #newBatch(): SentBatch {
    const sequence = this.#nextSequence;
    this.#nextSequence += RECORDS_PER_BATCH;
    const batch = {
      sequence,
      values: Array.from({ length: RECORDS_PER_BATCH }, (_, index) => `${sequence + index}`),
    };
    this.#unanswered.push(batch);
    return batch;
  }

  async #send(connection: RawConnection, batch: SentBatch): Promise<void> {
    const records = buildBatch(
      batch.values.map((value) => ({ timestampMs: 1767225600000, key: null, value })),
      { producerId: this.#producerId, producerEpoch: 0, baseSequence: batch.sequence },
    );
    const answer = await connection.send({
      request: ProduceRequest,
      response: ProduceResponse,
      version: VERSION,
      message: {
        acks: -1,
        timeoutMs: 5000,
        topicData: [{ name: this.#topic, partitionData: [{ index: 0, records }] }],
      },
    });
    const { errorCode } = answer.responses[0]!.partitionResponses[0]!;
    if (errorCode !== ErrorCode.NONE)
      throw new Error(`Batch at sequence ${batch.sequence} got error ${errorCode}`);
    for (const value of batch.values) this.acknowledged.add(value);
    this.#unanswered = this.#unanswered.filter((other) => other !== batch);
  }
}
