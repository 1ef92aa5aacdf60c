import type { Host } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import { JoinGroupRequest, JoinGroupResponse } from '@millrace/protocol/messages/join-group';
import { OffsetCommitRequest, OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import { SyncGroupRequest, SyncGroupResponse } from '@millrace/protocol/messages/sync-group';
import type { BrokerProperties } from '../../config/broker-properties.ts';
import type { RawConnection } from '../../testing/raw-connection.ts';
import { TestBroker } from '../../testing/test-broker.ts';
import { subscription } from './group-test-calls.ts';

/** The topic of the tests, with three partitions. */
export const TOPIC = 'orders';

/** A member as its client knows it. */
export interface JoinedMember {
  readonly memberId: string;
  readonly generationId: number;
}

/** A broker with topic `orders` and the group topic, and a connection that speaks to it in any version. */
export class GroupSession implements AsyncDisposable {
  readonly server: TestBroker;
  readonly connection: RawConnection;

  private constructor(server: TestBroker, connection: RawConnection) {
    this.server = server;
    this.connection = connection;
  }

  static async open(properties: BrokerProperties = {}, host?: Host): Promise<GroupSession> {
    const server = await TestBroker.start(properties, host);
    const session = new GroupSession(server, await server.connect());
    await session.#createTopic();
    await session.#findCoordinator();
    return session;
  }

  /** The id of the topic. */
  get topicId(): string {
    return this.server.broker.image.topics.byName.get(TOPIC)!.id;
  }

  join(
    group: {
      readonly groupId?: string;
      readonly memberId?: string;
      readonly instanceId?: string;
      readonly version?: number;
    } = {},
  ) {
    return this.connection.send({
      request: JoinGroupRequest,
      response: JoinGroupResponse,
      version: group.version ?? 3,
      message: {
        groupId: group.groupId ?? 'g',
        sessionTimeoutMs: 30_000,
        rebalanceTimeoutMs: 30_000,
        memberId: group.memberId ?? '',
        groupInstanceId: group.instanceId ?? null,
        protocolType: 'consumer',
        protocols: [{ name: 'range', metadata: subscription(TOPIC) }],
      },
    });
  }

  /** Joins a group alone and assigns to itself: the group is stable. */
  async joinAlone(
    group: { readonly groupId?: string; readonly instanceId?: string; readonly version?: number } = {},
  ): Promise<JoinedMember> {
    const { errorCode, memberId, generationId } = await this.join(group);
    if (errorCode !== ErrorCode.NONE) throw new Error(`JoinGroup ended with error ${errorCode}`);
    await this.connection.send({
      request: SyncGroupRequest,
      response: SyncGroupResponse,
      version: 0,
      message: {
        groupId: group.groupId ?? 'g',
        generationId,
        memberId,
        assignments: [{ memberId, assignment: Buffer.from('all') }],
      },
    });
    return { memberId, generationId };
  }

  /** Commits for partition 0 without a member, so that a simple group comes into being. */
  commit(committedOffset: number, groupId = 'g', name: string = TOPIC) {
    return this.connection.send({
      request: OffsetCommitRequest,
      response: OffsetCommitResponse,
      version: 2,
      message: {
        groupId,
        topics: [{ name, partitions: [{ partitionIndex: 0, committedOffset, committedMetadata: 'note' }] }],
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }

  async #createTopic(): Promise<void> {
    await this.connection.send({
      request: CreateTopicsRequest,
      response: CreateTopicsResponse,
      version: 7,
      message: {
        topics: [{ name: TOPIC, numPartitions: 3, replicationFactor: 1, assignments: [], configs: [] }],
        timeoutMs: 10_000,
      },
    });
  }

  async #findCoordinator(): Promise<void> {
    const { coordinators } = await this.connection.send({
      request: FindCoordinatorRequest,
      response: FindCoordinatorResponse,
      version: 4,
      message: { keyType: 0, coordinatorKeys: ['g'] },
    });
    if (coordinators[0]!.errorCode !== ErrorCode.NONE) throw new Error('The coordinator was not found');
  }
}
