import { ZERO_UUID } from '@millrace/protocol';
import type {
  CommitCall,
  TransactionalCommitCall,
  HeartbeatCall,
  JoinCall,
  LeaveCall,
  SyncCall,
} from '../group-calls.ts';

/** Calls with the fields that a test does not care about filled in. */

export interface TestJoin {
  readonly groupId?: string;
  readonly memberId?: string;
  readonly instanceId?: string | null;
  readonly protocolType?: string;
  /** Names of assignors, or names with metadata. */
  readonly protocols?: readonly (string | { readonly name: string; readonly metadata: Buffer })[];
  readonly sessionTimeoutMs?: number;
  readonly rebalanceTimeoutMs?: number;
  readonly version?: number;
  readonly clientId?: string;
  readonly suffix?: string;
}

export function joinCall(join: TestJoin = {}): JoinCall {
  return {
    api: 'join',
    version: join.version ?? 9,
    clientId: join.clientId ?? 'client',
    clientHost: '/127.0.0.1',
    memberIdSuffix: join.suffix ?? '1',
    request: {
      groupId: join.groupId ?? 'g',
      sessionTimeoutMs: join.sessionTimeoutMs ?? 10_000,
      rebalanceTimeoutMs: join.rebalanceTimeoutMs ?? 60_000,
      memberId: join.memberId ?? '',
      groupInstanceId: join.instanceId ?? null,
      protocolType: join.protocolType ?? 'consumer',
      protocols: (join.protocols ?? ['range']).map((protocol) =>
        typeof protocol === 'string' ? { name: protocol, metadata: subscription('t') } : protocol,
      ),
      reason: null,
    },
  };
}

export interface TestMember {
  readonly groupId?: string;
  readonly memberId: string;
  readonly instanceId?: string | null;
  readonly generation: number;
}

export function syncCall(
  member: TestMember & { readonly assignments?: Readonly<Record<string, string>> },
): SyncCall {
  return {
    api: 'sync',
    request: {
      groupId: member.groupId ?? 'g',
      generationId: member.generation,
      memberId: member.memberId,
      groupInstanceId: member.instanceId ?? null,
      protocolType: null,
      protocolName: null,
      assignments: Object.entries(member.assignments ?? {}).map(([memberId, assignment]) => ({
        memberId,
        assignment: Buffer.from(assignment),
      })),
    },
  };
}

export function heartbeatCall(member: TestMember): HeartbeatCall {
  return {
    api: 'heartbeat',
    request: {
      groupId: member.groupId ?? 'g',
      generationId: member.generation,
      memberId: member.memberId,
      groupInstanceId: member.instanceId ?? null,
    },
  };
}

export function leaveCall(
  ...members: readonly { readonly memberId: string; readonly instanceId?: string }[]
): LeaveCall {
  return {
    api: 'leave',
    request: {
      groupId: 'g',
      memberId: '',
      members: members.map(({ memberId, instanceId }) => ({
        memberId,
        groupInstanceId: instanceId ?? null,
        reason: null,
      })),
    },
  };
}

export interface TestCommit extends Partial<TestMember> {
  readonly topic?: string;
  readonly partition?: number;
  /** In the place of one. */
  readonly partitions?: readonly number[];
  readonly offset?: number;
  readonly metadata?: string | null;
  readonly retentionTimeMs?: number;
  readonly version?: number;
  readonly topicId?: string;
}

export function commitCall(commit: TestCommit = {}): CommitCall {
  return {
    api: 'commit',
    version: commit.version ?? 9,
    request: {
      groupId: commit.groupId ?? 'g',
      generationIdOrMemberEpoch: commit.generation ?? -1,
      memberId: commit.memberId ?? '',
      groupInstanceId: commit.instanceId ?? null,
      retentionTimeMs: commit.retentionTimeMs ?? -1,
      topics: [
        {
          name: commit.topic ?? 't',
          topicId: commit.topicId ?? ZERO_UUID,
          partitions: (commit.partitions ?? [commit.partition ?? 0]).map((partitionIndex) => ({
            partitionIndex,
            committedOffset: commit.offset ?? 1,
            committedLeaderEpoch: -1,
            committedMetadata: commit.metadata ?? '',
          })),
        },
      ],
    },
  };
}

/** The same in a transaction of producer 1. */
export function transactionalCommitCall(commit: TestCommit = {}): TransactionalCommitCall {
  const producer = { transactionalId: 'txn', producerId: 1, producerEpoch: 0 };
  const request = { ...commitCall(commit).request, ...producer };
  return { api: 'commitInTransaction', request, verification: undefined };
}

/** ConsumerProtocolSubscription version 0, without user data. */
export function subscription(...topics: readonly string[]): Buffer {
  const head = Buffer.from([0, 0, 0, 0, 0, topics.length]);
  const names = topics.flatMap((topic) => [Buffer.from([0, topic.length]), Buffer.from(topic)]);
  return Buffer.concat([head, ...names, Buffer.from([0xff, 0xff, 0xff, 0xff])]);
}
