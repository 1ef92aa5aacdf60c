import { Simulation, type SimulatedHost } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import { HeartbeatRequest, HeartbeatResponse } from '@millrace/protocol/messages/heartbeat';
import { JoinGroupRequest, JoinGroupResponse } from '@millrace/protocol/messages/join-group';
import { OffsetCommitRequest, OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import { OffsetFetchRequest, OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch';
import { SyncGroupRequest, SyncGroupResponse } from '@millrace/protocol/messages/sync-group';
import { describe, expect, it } from 'vitest';
import { Broker } from '../broker.ts';
import { RawConnection } from '../testing/raw-connection.ts';
import { subscription } from './testing/group-test-calls.ts';

const address = { host: 'broker', port: 9092 };
const SESSION_TIMEOUT_MS = 10_000;

function startBroker(host: SimulatedHost): Promise<Broker> {
  const properties = {
    listeners: 'PLAINTEXT://0.0.0.0:9092',
    'advertised.listeners': 'PLAINTEXT://broker:9092',
  };
  return Broker.start({ ...properties, 'log.dirs': '/data' }, { host });
}

/** A consumer by hand: the only member of its group, on one connection. */
class Member {
  acknowledged = -1;
  sent = -1;
  memberId = '';
  generationId = -1;
  readonly #connection: RawConnection;

  private constructor(connection: RawConnection) {
    this.#connection = connection;
  }

  static async connect(host: SimulatedHost): Promise<Member> {
    return new Member(await RawConnection.open(host, address));
  }

  async createTopic(): Promise<void> {
    const topic = { name: 't', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
    const message = { topics: [topic], timeoutMs: 10_000 };
    const request = { request: CreateTopicsRequest, response: CreateTopicsResponse, version: 7, message };
    await this.#connection.send(request);
  }

  async join(): Promise<void> {
    const find = { request: FindCoordinatorRequest, response: FindCoordinatorResponse, version: 1 };
    await this.#connection.send({ ...find, message: { key: 'g', keyType: 0 } });
    const joined = await this.#connection.send({
      request: JoinGroupRequest,
      response: JoinGroupResponse,
      version: 3,
      message: {
        groupId: 'g',
        sessionTimeoutMs: SESSION_TIMEOUT_MS,
        rebalanceTimeoutMs: 10_000,
        memberId: '',
        protocolType: 'consumer',
        protocols: [{ name: 'range', metadata: subscription('t') }],
      },
    });
    this.memberId = joined.memberId;
    this.generationId = joined.generationId;
    const { memberId, generationId } = this;
    const assignments = [{ memberId, assignment: Buffer.from('t-0') }];
    const message = { groupId: 'g', memberId, generationId, assignments };
    await this.#connection.send({
      request: SyncGroupRequest,
      response: SyncGroupResponse,
      version: 3,
      message,
    });
  }

  /** Commits ever higher offsets until the broker is gone. */
  async commitUntilLost(): Promise<void> {
    try {
      for (;;) await this.commit(this.sent + 1);
    } catch {
      // The connection broke: what was sent last may or may not have been stored.
    }
  }

  async commit(committedOffset: number): Promise<void> {
    this.sent = committedOffset;
    const partitions = [{ partitionIndex: 0, committedOffset, committedMetadata: null }];
    const { memberId, generationId: generationIdOrMemberEpoch } = this;
    const topics = [{ name: 't', partitions }];
    const message = { groupId: 'g', memberId, generationIdOrMemberEpoch, topics };
    const api = { request: OffsetCommitRequest, response: OffsetCommitResponse, version: 5 };
    const answer = await this.#connection.send({ ...api, message });
    expect(answer.topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.NONE);
    this.acknowledged = committedOffset;
  }

  async committed(): Promise<number> {
    const message = { groupId: 'g', topics: [{ name: 't', partitionIndexes: [0] }] };
    const api = { request: OffsetFetchRequest, response: OffsetFetchResponse, version: 5 };
    const { topics } = await this.#connection.send({ ...api, message });
    return topics[0]!.partitions[0]!.committedOffset;
  }

  async heartbeat({ memberId, generationId }: Member): Promise<number> {
    const api = { request: HeartbeatRequest, response: HeartbeatResponse, version: 3 };
    const { errorCode } = await this.#connection.send({
      ...api,
      message: { groupId: 'g', memberId, generationId },
    });
    return errorCode;
  }
}

describe('a group whose broker is killed', () => {
  it.each(Array.from({ length: 10 }, (_, seed) => seed))(
    'finds every acknowledged commit, seed %i',
    async (seed) => {
      const simulation = new Simulation({ seed });
      await simulation.run(async () => {
        const node = simulation.host('broker');
        const client = simulation.host('client');
        await startBroker(node);
        const member = await Member.connect(client);
        await member.createTopic();
        await member.join();
        const committing = member.commitUntilLost();
        await simulation.sleep(10 + simulation.random.float() * 100);
        node.kill();
        await committing;

        const broker = await startBroker(simulation.restart(node));
        const again = await Member.connect(client);
        const committed = await again.committed();
        expect(member.acknowledged).toBeGreaterThan(0);
        expect(committed).toBeGreaterThanOrEqual(member.acknowledged);
        expect(committed).toBeLessThanOrEqual(member.sent);
        // It is still a member of its generation, and has a whole session to say so.
        expect(await again.heartbeat(member)).toBe(ErrorCode.NONE);
        await broker.close();
      });
    },
  );

  it('loses a member that stays silent for a session after the restart, and not before', async () => {
    const simulation = new Simulation({ seed: 'silence' });
    await simulation.run(async () => {
      const node = simulation.host('broker');
      const client = simulation.host('client');
      await startBroker(node);
      const member = await Member.connect(client);
      await member.createTopic();
      await member.join();
      await simulation.sleep(SESSION_TIMEOUT_MS - 100);
      node.kill();
      const broker = await startBroker(simulation.restart(node));
      await simulation.sleep(SESSION_TIMEOUT_MS - 100);
      const again = await Member.connect(client);
      expect(await again.heartbeat(member)).toBe(ErrorCode.NONE);
      await simulation.sleep(SESSION_TIMEOUT_MS + 100);
      expect(await again.heartbeat(member)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
      await broker.close();
    });
  });
});
