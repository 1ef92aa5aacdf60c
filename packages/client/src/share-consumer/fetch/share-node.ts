import { ErrorCode, KafkaError, MillraceError } from '@millrace/protocol';
import {
  ShareAcknowledgeRequest,
  ShareAcknowledgeResponse,
} from '@millrace/protocol/messages/share-acknowledge';
import { ShareFetchRequest, ShareFetchResponse } from '@millrace/protocol/messages/share-fetch';
import { defineApi } from '../../cluster/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { kafkaFailure } from '../../cluster/kafka-failure.ts';
import { WakeSignal } from '../../consumer/wake-signal.ts';
import { acknowledgeResults, type AcknowledgeResult } from '../acknowledge/acknowledge-result.ts';
import { sharePartitionKey, type SharePartition } from './share-partition.ts';
import { ShareSession, type PartitionAcknowledgements, type ShareSessionRequest } from './share-session.ts';

const SHARE_FETCH = defineApi(ShareFetchRequest, ShareFetchResponse);
const SHARE_ACKNOWLEDGE = defineApi(ShareAcknowledgeRequest, ShareAcknowledgeResponse);
/** The first version of both that has what is new: renewals, and a limit to records. */
const FIRST_VERSION_WITH_RENEWALS = 2;
const BATCH_OPTIMIZED = 0;
const RECORD_LIMIT = 1;

export interface ShareFetchLimits {
  /** `fetch.min.bytes`. */
  readonly minBytes: number;
  /** `fetch.max.bytes`. */
  readonly maxBytes: number;
  /** `max.poll.records`. */
  readonly maxRecords: number;
  /** `share.acquire.mode=record_limit`. */
  readonly isRecordLimit: boolean;
}

export interface ShareNodeOptions {
  readonly groupId: string;
  readonly memberId: string;
  readonly limits: ShareFetchLimits;
  /** Takes over what was acquired; the node is busy until it resolves. */
  readonly onFetched: (
    session: ShareSession,
    response: ShareFetchResponse,
    sentAtMs: number,
  ) => Promise<void>;
  readonly onAcknowledged: (results: readonly AcknowledgeResult[]) => void;
  /** A request failed in a way that waiting does not help against. */
  readonly onFailure: (error: Error) => void;
  /** Called when the node may be asked again. */
  readonly onIdle: () => void;
}

interface Answer {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/** The error of each partition in an answer, by its key. */
type PartitionErrors = ReadonlyMap<
  string,
  { readonly errorCode: number; readonly errorMessage: string | null }
>;

/** Conditions that pass: the same acknowledgement may succeed a moment later. */
const passing: ReadonlySet<number> = new Set([
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.NOT_COORDINATOR,
]);

const staleSessions: ReadonlySet<number> = new Set([
  ErrorCode.SHARE_SESSION_NOT_FOUND,
  ErrorCode.INVALID_SHARE_SESSION_EPOCH,
]);

/**
 * One broker that records are read from. One request is under way at a time, because sessions count them. Nothing in here
 * rejects: failures go where results go.
 */
export class ShareNode {
  readonly #cluster: Cluster;
  readonly #nodeId: number;
  readonly #options: ShareNodeOptions;
  readonly #wake: WakeSignal;
  #session = new ShareSession();
  #tail: Promise<void> = Promise.resolve();
  /** Requests under way and waiting for their turn. */
  #queued = 0;
  #retryAtMs = 0;
  #failures = 0;
  #isClosed = false;

  constructor(cluster: Cluster, nodeId: number, options: ShareNodeOptions) {
    this.#cluster = cluster;
    this.#nodeId = nodeId;
    this.#options = options;
    this.#wake = new WakeSignal(cluster.host);
  }

  get session(): ShareSession {
    return this.#session;
  }

  get isBusy(): boolean {
    return this.#queued > 0;
  }

  /** When it may be asked again after a failure. */
  get retryAtMs(): number {
    return this.#retryAtMs;
  }

  /** Without its connection the session is over: the broker has given everything to others. */
  noticeLostConnection(): void {
    if (this.isBusy || !this.#session.isOpen) return;
    if (this.#cluster.ready(this.#nodeId, 'fetch') !== undefined) return;
    const subject = `Session with broker ${this.#nodeId}`;
    this.#endSession(
      this.#session,
      kafkaFailure(ErrorCode.SHARE_SESSION_NOT_FOUND, subject, 'the connection was lost'),
    );
  }

  fetch(wanted: readonly SharePartition[], maxWaitMs: number): void {
    void this.#inTurn(async () => {
      await this.#fetch(this.#session, wanted, maxWaitMs);
      await this.#drain();
    });
  }

  /** Says what is to be said. Resolves when there is nothing left, of what was there before either. */
  acknowledge(): Promise<void> {
    return this.#inTurn(() => this.#drain());
  }

  /** Says what is to be said, and ends the session: the broker takes back what is in hand. */
  end(): Promise<void> {
    return this.#inTurn(async () => {
      const session = this.#session;
      if (session.isOpen) await this.#sendAcknowledgements(session, true);
      this.#endSession(session, new Error('the session was ended'));
    });
  }

  /** Ends waits; answers still to come are ignored. */
  close(): void {
    this.#isClosed = true;
    this.#wake.notify();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#queued++;
    this.#tail = this.#after(this.#tail, work);
    return this.#tail;
  }

  async #after(before: Promise<void>, work: () => Promise<void>): Promise<void> {
    await before;
    if (!this.#isClosed) await work();
    this.#queued--;
    if (this.#queued === 0) this.#options.onIdle();
  }

  async #fetch(session: ShareSession, wanted: readonly SharePartition[], maxWaitMs: number): Promise<void> {
    const { groupId, memberId, limits } = this.#options;
    const { minBytes, maxBytes, maxRecords, isRecordLimit } = limits;
    const shareAcquireMode = isRecordLimit ? RECORD_LIMIT : BATCH_OPTIMIZED;
    let request: ShareSessionRequest | undefined;
    let sentAtMs = 0;
    try {
      const { response } = await this.#cluster.send({
        to: { nodeId: this.#nodeId },
        api: SHARE_FETCH,
        message: (version) => {
          sentAtMs = this.#cluster.host.clock.monotonicMs();
          request = session.fetchRequest(wanted);
          const { shareSessionEpoch, topics, forgotten: forgottenTopicsData } = request;
          const acquireMode = version >= FIRST_VERSION_WITH_RENEWALS ? { shareAcquireMode } : {};
          return {
            groupId,
            memberId,
            shareSessionEpoch,
            topics,
            forgottenTopicsData,
            maxWaitMs,
            minBytes,
            maxBytes,
            maxRecords,
            batchSize: maxRecords,
            ...acquireMode,
          };
        },
        versions: isRecordLimit ? { minVersion: FIRST_VERSION_WITH_RENEWALS } : {},
      });
      const said = request?.acknowledgements ?? [];
      if (!this.#isAccepted(session, response, said)) return;
      this.#conclude(session, said, fetchErrors(response));
      await this.#options.onFetched(session, response, sentAtMs);
    } catch (error) {
      this.#onFailure(session, error as Error, request?.acknowledgements ?? []);
    }
  }

  async #drain(): Promise<void> {
    while (this.#session.hasAcknowledgements && !this.#isClosed) {
      const isSaid = await this.#sendAcknowledgements(this.#session, false);
      if (!isSaid) await this.#wake.wait(this.#cluster.retryBackoff.delayMs(++this.#failures));
    }
  }

  /** @returns false when something is to be said again */
  async #sendAcknowledgements(session: ShareSession, isFinal: boolean): Promise<boolean> {
    const { groupId, memberId } = this.#options;
    let request: ShareSessionRequest | undefined;
    const isRenewAck = session.hasRenewals;
    try {
      const { response } = await this.#cluster.send({
        to: { nodeId: this.#nodeId },
        api: SHARE_ACKNOWLEDGE,
        message: (version) => {
          request = session.acknowledgeRequest(isFinal);
          const { shareSessionEpoch, topics } = request;
          const renewal = version >= FIRST_VERSION_WITH_RENEWALS ? { isRenewAck } : {};
          return { groupId, memberId, shareSessionEpoch, topics, ...renewal };
        },
        versions: isRenewAck ? { minVersion: FIRST_VERSION_WITH_RENEWALS } : {},
        // The broker must see the requests of a session in their order.
        kind: 'fetch',
      });
      const said = request?.acknowledgements ?? [];
      if (!this.#isAccepted(session, response, said)) return true;
      return this.#conclude(session, said, acknowledgeErrors(response));
    } catch (error) {
      this.#onFailure(session, error as Error, request?.acknowledgements ?? []);
      return true;
    }
  }

  /** Without an error for the whole of a request the session goes on. */
  #isAccepted(
    session: ShareSession,
    { errorCode, errorMessage }: Answer,
    said: readonly PartitionAcknowledgements[],
  ): boolean {
    if (errorCode === ErrorCode.NONE) {
      session.accepted();
      this.#failures = 0;
      return true;
    }
    const error = kafkaFailure(errorCode, `Session with broker ${this.#nodeId}`, errorMessage);
    this.#onFailure(session, error, said);
    return false;
  }

  /** @returns false when something is to be said again */
  #conclude(
    session: ShareSession,
    said: readonly PartitionAcknowledgements[],
    errors: PartitionErrors,
  ): boolean {
    const results: AcknowledgeResult[] = [];
    let isSaid = true;
    for (const one of said) {
      const { partition, types } = one;
      const answer = errors.get(sharePartitionKey(partition.topicId, partition.partition)) ?? NOT_ANSWERED;
      if (passing.has(answer.errorCode)) {
        session.putBack(one);
        isSaid = false;
        continue;
      }
      const subject = `Acknowledgement of records of ${partition.topic}-${partition.partition}`;
      const error =
        answer.errorCode === ErrorCode.NONE
          ? undefined
          : kafkaFailure(answer.errorCode, subject, answer.errorMessage);
      results.push(...acknowledgeResults(partition, types, error));
    }
    this.#report(results);
    return isSaid;
  }

  #onFailure(session: ShareSession, error: Error, said: readonly PartitionAcknowledgements[]): void {
    this.#report(said.flatMap(({ partition, types }) => acknowledgeResults(partition, types, error)));
    this.#endSession(session, error);
    if (this.#isClosed || isStaleSession(error)) return;
    this.#failures++;
    const nowMs = this.#cluster.host.clock.monotonicMs();
    this.#retryAtMs = nowMs + this.#cluster.retryBackoff.delayMs(this.#failures);
    if (isPassing(error)) {
      this.#cluster.logger.info('share fetch failed, trying again', { nodeId: this.#nodeId, error });
    } else {
      this.#options.onFailure(error);
    }
  }

  /** What was acquired in it is not ours any more. */
  #endSession(session: ShareSession, reason: Error): void {
    session.end(reason);
    const unsaid = session.takeAcknowledgements();
    this.#report(unsaid.flatMap(({ partition, types }) => acknowledgeResults(partition, types, reason)));
    if (session === this.#session) this.#session = new ShareSession();
  }

  #report(results: readonly AcknowledgeResult[]): void {
    if (results.length > 0) this.#options.onAcknowledged(results);
  }
}

const NOT_ANSWERED = { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null };

/** The broker has forgotten it, or counts otherwise: a new one can begin at once. */
function isStaleSession(error: Error): boolean {
  return error instanceof KafkaError && staleSessions.has(error.errorCode);
}

/** Another attempt may help; as it may against what a broker does not understand itself. */
function isPassing(error: Error): boolean {
  if (!(error instanceof MillraceError)) return false;
  return error.retriable || error.code === 'UNKNOWN_SERVER_ERROR' || error.code === 'UNKNOWN_MEMBER_ID';
}

function fetchErrors({ responses }: ShareFetchResponse): PartitionErrors {
  return new Map(
    responses.flatMap(({ topicId, partitions }) =>
      partitions.map(({ partitionIndex, acknowledgeErrorCode, acknowledgeErrorMessage }) => [
        sharePartitionKey(topicId, partitionIndex),
        { errorCode: acknowledgeErrorCode, errorMessage: acknowledgeErrorMessage },
      ]),
    ),
  );
}

function acknowledgeErrors({ responses }: ShareAcknowledgeResponse): PartitionErrors {
  return new Map(
    responses.flatMap(({ topicId, partitions }) =>
      partitions.map(({ partitionIndex, errorCode, errorMessage }) => [
        sharePartitionKey(topicId, partitionIndex),
        { errorCode, errorMessage },
      ]),
    ),
  );
}
