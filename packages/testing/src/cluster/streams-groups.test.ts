import { Admin } from '@millrace/client';
import { nodeHost, silentLogger } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import { OffsetCommitRequest, OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import { OffsetFetchRequest, OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch';
import {
  StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatResponse,
  type StreamsGroupHeartbeatRequestInput,
} from '@millrace/protocol/messages/streams-group-heartbeat';
import { peerApi, PeerChannels, type PeerApi } from '@millrace/replication';
import { expect, test } from 'vitest';
import { startCluster } from './start-cluster.ts';
import type { TestCluster } from './test-cluster.ts';

const findCoordinator = peerApi(FindCoordinatorRequest, FindCoordinatorResponse);
const heartbeat = peerApi(StreamsGroupHeartbeatRequest, StreamsGroupHeartbeatResponse, 0);
// By name: what comes later names topics by their ids.
const commit = peerApi(OffsetCommitRequest, OffsetCommitResponse, 9);
const fetch = peerApi(OffsetFetchRequest, OffsetFetchResponse, 9);

const [GROUP, MEMBER] = ['app', 'AAAAAAAAAAAAAAAAAAAAAQ'] as const;
const PARTITIONS = 3;
/** Nothing here takes long on an idle machine; on a busy one everything does. */
const limit = { timeout: 120_000 };

/** What passes when a cluster changes. */
const passing: ReadonlySet<number> = new Set([
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.NOT_COORDINATOR,
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
]);

/** A thread of a streams application, by hand: it asks the coordinator of its group, whoever that is. */
class Thread implements Disposable {
  readonly #channels: PeerChannels;
  readonly #ids: readonly number[];

  constructor({ nodes }: TestCluster) {
    const addresses = new Map(nodes.map(({ id, address }) => [id, address.split(':')]));
    this.#ids = nodes.map(({ id }) => id);
    this.#channels = new PeerChannels({
      host: nodeHost(),
      logger: silentLogger,
      clientId: 'thread',
      requestTimeoutMs: 5000,
      addressOf: (id) => {
        const [host, port] = addresses.get(id)!;
        return { host: host!, port: Number(port) };
      },
    });
  }

  /** Asks until the answer is none that passes; nodes that do not answer are gone, or will be. */
  async ask<Request extends object, Response extends object>(
    api: PeerApi<Request, Response>,
    message: Request,
    errorOf: (response: Response) => number,
  ): Promise<Response> {
    for (;;) {
      for (const id of this.#ids) {
        const found = await this.#send(id, findCoordinator, {
          keyType: 0,
          coordinatorKeys: [GROUP],
        }).catch(() => undefined);
        const coordinator = found?.coordinators[0];
        if (coordinator?.errorCode !== ErrorCode.NONE) continue;
        const answer = await this.#send(coordinator.nodeId, api, message).catch(() => undefined);
        if (answer !== undefined && !passing.has(errorOf(answer))) return answer;
      }
      await new Promise<void>((resolve) => nodeHost().timers.schedule(20, resolve));
    }
  }

  beat(fields: Partial<StreamsGroupHeartbeatRequestInput>): Promise<StreamsGroupHeartbeatResponse> {
    const message = {
      groupId: GROUP,
      memberId: MEMBER,
      memberEpoch: 0,
      endpointInformationEpoch: 0,
      ...fields,
    };
    return this.ask(heartbeat, message, ({ errorCode }) => errorCode);
  }

  async commit(memberId: string, memberEpoch: number, offset: number): Promise<number> {
    const message = {
      groupId: GROUP,
      memberId,
      generationIdOrMemberEpoch: memberEpoch,
      topics: [
        {
          name: 'in',
          partitions: [
            { partitionIndex: 0, committedOffset: offset, committedLeaderEpoch: -1, committedMetadata: '' },
          ],
        },
      ],
    };
    const errorOf = ({ topics }: OffsetCommitResponse) => topics[0]!.partitions[0]!.errorCode;
    return errorOf(await this.ask(commit, message, errorOf));
  }

  async committed(): Promise<number> {
    const group = { groupId: GROUP, topics: [{ name: 'in', partitionIndexes: [0] }] };
    const { groups } = await this.ask(
      fetch,
      { groups: [group], requireStable: true },
      (response) => response.groups[0]!.errorCode,
    );
    return groups[0]!.topics[0]!.partitions[0]!.committedOffset;
  }

  async coordinatorId(): Promise<number> {
    const { coordinators } = await this.ask(
      findCoordinator,
      { keyType: 0, coordinatorKeys: [GROUP] },
      (response) => response.coordinators[0]!.errorCode,
    );
    return coordinators[0]!.nodeId;
  }

  #send<Request extends object, Response extends object>(
    id: number,
    api: PeerApi<Request, Response>,
    message: Request,
  ): Promise<Response> {
    return this.#channels.to(id).send(api, message);
  }

  [Symbol.dispose](): void {
    this.#channels.close();
  }
}

const changelog = {
  name: 'app-changelog',
  partitions: 0,
  replicationFactor: 0,
  topicConfigs: [{ key: 'cleanup.policy', value: 'compact' }],
};

const hello = {
  endpointInformationEpoch: -1,
  rebalanceTimeoutMs: 10_000,
  processId: 'process',
  activeTasks: [],
  standbyTasks: [],
  warmupTasks: [],
  topology: {
    epoch: 0,
    subtopologies: [
      {
        subtopologyId: '0',
        sourceTopics: ['in'],
        sourceTopicRegex: [],
        stateChangelogTopics: [changelog],
        repartitionSinkTopics: [],
        repartitionSourceTopics: [],
        copartitionGroups: [],
      },
    ],
  },
};

const properties = {
  'group.streams.initial.rebalance.delay.ms': 0,
  'group.streams.assignment.interval.ms': 0,
};

test('a streams group has its topics, members and offsets when its coordinator dies', limit, async () => {
  await using cluster = await startCluster(3, { properties });
  await cluster.createTopic('in', { partitions: PARTITIONS });
  using thread = new Thread(cluster);
  const joined = await thread.beat(hello);
  expect(joined).toMatchObject({ errorCode: ErrorCode.NONE, activeTasks: [] });
  let member = joined;
  while (member.activeTasks === null || member.activeTasks.length === 0) {
    member = await thread.beat({ memberEpoch: member.memberEpoch });
    expect(member.errorCode).toBe(ErrorCode.NONE);
  }
  const tasks = [{ subtopologyId: '0', partitions: [0, 1, 2] }];
  expect(member.activeTasks).toEqual(tasks);

  await using admin = new Admin({ 'bootstrap.servers': cluster.bootstrapServers });
  const [topic] = (await admin.describeTopics([changelog.name])).values();
  expect(topic!.partitions.map(({ replicas }) => replicas.length)).toEqual([3, 3, 3]);

  const { memberEpoch } = member;
  expect(await thread.commit(MEMBER, memberEpoch, 7)).toBe(ErrorCode.NONE);
  const killed = cluster.node(await thread.coordinatorId());
  await killed.kill();

  const told = await thread.beat({ memberEpoch, activeTasks: tasks, standbyTasks: [], warmupTasks: [] });
  expect(told).toMatchObject({ errorCode: ErrorCode.NONE, memberEpoch, status: [] });
  expect(await thread.coordinatorId()).not.toBe(killed.id);
  expect(await thread.committed()).toBe(7);
  expect(await thread.commit(MEMBER, memberEpoch + 1, 8)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  expect(await thread.commit('stranger', memberEpoch, 8)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  expect(await thread.commit(MEMBER, memberEpoch, 9)).toBe(ErrorCode.NONE);
  await killed.start();
  expect(await thread.committed()).toBe(9);

  const other = { memberId: 'AAAAAAAAAAAAAAAAAAAAAg', ...hello, processId: 'other' };
  expect((await thread.beat(other)).memberEpoch).toBe(memberEpoch + 1);
  const { activeTasks } = await thread.beat({ memberEpoch });
  expect(activeTasks?.[0]?.partitions).toHaveLength(2);
});
