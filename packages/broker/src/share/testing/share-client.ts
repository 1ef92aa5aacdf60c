import { decodeRecords, ErrorCode, kafkaErrorName, recordBatches } from '@millrace/protocol';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import {
  ShareAcknowledgeRequest,
  ShareAcknowledgeResponse,
} from '@millrace/protocol/messages/share-acknowledge';
import {
  ShareFetchRequest,
  ShareFetchResponse,
  type ShareFetchRequestInput,
} from '@millrace/protocol/messages/share-fetch';
import {
  ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatResponse,
  type ShareGroupHeartbeatRequestInput,
} from '@millrace/protocol/messages/share-group-heartbeat';
import { ConfigResourceType } from '../../metadata/cluster-image.ts';
import type { RawConnection } from '../../testing/raw-connection.ts';
import { batchOf, createTopic, produceRequest } from '../../testing/requests.ts';

/** A range of offsets and what is said of it. */
export type Said = readonly [firstOffset: number, lastOffset: number, ...types: number[]];

/** A member of a share group that sends exactly what a test wants. */
export class ShareClient {
  readonly connection: RawConnection;
  readonly groupId: string;
  readonly memberId: string;
  topicId = '';
  /** Of the next request in its share session. */
  sessionEpoch = 0;

  constructor(connection: RawConnection, { groupId = 'g', memberId = 'AAAAAAAAAAAAAAAAAAAAAQ' } = {}) {
    this.connection = connection;
    this.groupId = groupId;
    this.memberId = memberId;
  }

  /** Another member of the same group. */
  another(connection: RawConnection, memberId: string): ShareClient {
    const client = new ShareClient(connection, { groupId: this.groupId, memberId });
    client.topicId = this.topicId;
    return client;
  }

  /** A topic `t`, and a group that reads it from its beginning. */
  async prepare(partitions = 1, settings: Readonly<Record<string, string>> = {}): Promise<void> {
    this.topicId = await createTopic(this.connection, 't', { partitions });
    await this.configure({ 'share.auto.offset.reset': 'earliest', ...settings });
    await this.findCoordinator();
  }

  async findCoordinator(): Promise<void> {
    await this.connection.send({
      request: FindCoordinatorRequest,
      response: FindCoordinatorResponse,
      version: 4,
      message: { keyType: 0, coordinatorKeys: [this.groupId] },
    });
  }

  async configure(settings: Readonly<Record<string, string>>) {
    const configs = Object.entries(settings).map(([name, value]) => ({ name, configOperation: 0, value }));
    const resource = { resourceType: ConfigResourceType.GROUP, resourceName: this.groupId, configs };
    const { responses } = await this.connection.send({
      request: IncrementalAlterConfigsRequest,
      response: IncrementalAlterConfigsResponse,
      version: 1,
      message: { resources: [resource], validateOnly: false },
    });
    return responses[0]!;
  }

  async produce(values: readonly string[], index = 0): Promise<void> {
    const { responses } = await this.connection.send(produceRequest('t', batchOf(values), { index }));
    const { errorCode } = responses[0]!.partitionResponses[0]!;
    if (errorCode !== ErrorCode.NONE) throw new Error(kafkaErrorName(errorCode));
  }

  heartbeat(fields: Partial<ShareGroupHeartbeatRequestInput>) {
    return this.connection.send({
      request: ShareGroupHeartbeatRequest,
      response: ShareGroupHeartbeatResponse,
      version: 1,
      message: { groupId: this.groupId, memberId: this.memberId, memberEpoch: 0, ...fields },
    });
  }

  join() {
    return this.heartbeat({ memberEpoch: 0, subscribedTopicNames: ['t'] });
  }

  /** Fetches from partition 0, acknowledging with it. */
  async fetch(acknowledged: readonly Said[] = [], fields: Partial<ShareFetchRequestInput> = {}, version = 2) {
    const response = await this.connection.send({
      request: ShareFetchRequest,
      response: ShareFetchResponse,
      version,
      message: {
        groupId: this.groupId,
        memberId: this.memberId,
        shareSessionEpoch: this.sessionEpoch,
        maxWaitMs: 0,
        minBytes: 1,
        maxBytes: 1_000_000,
        maxRecords: 100,
        batchSize: 100,
        topics: this.#said(acknowledged),
        forgottenTopicsData: [],
        ...fields,
      },
    });
    if (response.errorCode === ErrorCode.NONE) this.sessionEpoch++;
    return response;
  }

  /** Fetches, and tells what was handed out: `value of the first record` and how often it was delivered by offset. */
  async take(fields: Partial<ShareFetchRequestInput> = {}): Promise<Map<number, string>> {
    const { responses } = await this.fetch([], fields);
    const taken = new Map<number, string>();
    for (const { records, acquiredRecords } of responses.flatMap(({ partitions }) => partitions)) {
      const decoded = records === null ? [] : dataBatches(records).flatMap((batch) => decodeRecords(batch));
      for (const { firstOffset, lastOffset, deliveryCount } of acquiredRecords) {
        for (const { offset, value } of decoded)
          if (offset >= firstOffset && offset <= lastOffset)
            taken.set(offset, `${value?.toString()} ${deliveryCount}`);
      }
    }
    return taken;
  }

  /** @returns the error of partition 0 */
  async acknowledge(acknowledged: readonly Said[], fields: Partial<ShareFetchRequestInput> = {}) {
    const response = await this.connection.send({
      request: ShareAcknowledgeRequest,
      response: ShareAcknowledgeResponse,
      version: 2,
      message: {
        groupId: this.groupId,
        memberId: this.memberId,
        shareSessionEpoch: this.sessionEpoch,
        isRenewAck: false,
        topics: this.#said(acknowledged),
        ...fields,
      },
    });
    if (response.errorCode === ErrorCode.NONE) this.sessionEpoch++;
    return response.errorCode || (response.responses[0]?.partitions[0]?.errorCode ?? 0);
  }

  #said(acknowledged: readonly Said[]) {
    const acknowledgementBatches = acknowledged.map(([firstOffset, lastOffset, ...acknowledgeTypes]) => ({
      firstOffset,
      lastOffset,
      acknowledgeTypes,
    }));
    return [{ topicId: this.topicId, partitions: [{ partitionIndex: 0, acknowledgementBatches }] }];
  }
}

/** Markers of transactions are handed out like records; consumers have to notice that they are none. */
function dataBatches(records: Buffer) {
  return recordBatches(records).filter(({ isControl }) => !isControl);
}
