import type { StreamsHeartbeatCall, StreamsHeartbeatReply } from '../streams/streams-calls.ts';
import { imageOf } from './consumer-test-calls.ts';
import { GroupDriver } from './group-driver.ts';

type Request = StreamsHeartbeatCall['request'];
export type TestTopology = NonNullable<Request['topology']>;
type TestSubtopology = TestTopology['subtopologies'][number];

/** A subtopology that reads topic `t` and says nothing but what is given. */
export function subtopology(fields: Partial<TestSubtopology> = {}): TestSubtopology {
  return {
    subtopologyId: '0',
    sourceTopics: ['t'],
    sourceTopicRegex: [],
    stateChangelogTopics: [],
    repartitionSinkTopics: [],
    repartitionSourceTopics: [],
    copartitionGroups: [],
    ...fields,
  };
}

/** An internal topic whose partitions the broker decides, unless they are given. */
export function internalTopic(name: string, partitions = 0) {
  return {
    name,
    partitions,
    replicationFactor: 0,
    topicConfigs: [{ key: 'cleanup.policy', value: 'compact' }],
  };
}

/** One stateful subtopology, whose changelog is `c`. */
export const statefulTopology: TestTopology = {
  epoch: 0,
  subtopologies: [subtopology({ stateChangelogTopics: [internalTopic('c')] })],
};

/** A coordinator of a cluster with topics `t` and `c` of four partitions. */
export function streamsDriver(properties: ConstructorParameters<typeof GroupDriver>[0] = {}): GroupDriver {
  return new GroupDriver(properties, [], 0, imageOf({ t: 4, c: 4 }));
}

/** StreamsGroupHeartbeat that says nothing but what is given. */
export function streamsCall(request: Partial<Request> & { readonly memberId: string }): StreamsHeartbeatCall {
  return {
    api: 'streamsHeartbeat',
    clientId: 'client',
    clientHost: '/127.0.0.1',
    request: {
      groupId: 'g',
      memberEpoch: 0,
      endpointInformationEpoch: 0,
      instanceId: null,
      rackId: null,
      rebalanceTimeoutMs: -1,
      topology: null,
      activeTasks: null,
      standbyTasks: null,
      warmupTasks: null,
      processId: null,
      userEndpoint: null,
      clientTags: null,
      taskOffsets: null,
      taskEndOffsets: null,
      shutdownApplication: false,
      ...request,
    },
  };
}

/** What a thread sends that joins; it is the only one of its process unless another is named. */
export function joiningStreamsCall(memberId: string, request: Partial<Request> = {}): StreamsHeartbeatCall {
  return streamsCall({
    rebalanceTimeoutMs: 60_000,
    topology: statefulTopology,
    processId: `process-${memberId}`,
    activeTasks: [],
    standbyTasks: [],
    warmupTasks: [],
    ...request,
    memberId,
  });
}

/** A thread that does as it is told: it gives up and takes over tasks as soon as it hears of it. */
export class TestThread {
  readonly memberId: string;
  memberEpoch = 0;
  /** `subtopology:task` of all it works on. */
  active: ReadonlySet<string> = new Set();
  standby: ReadonlySet<string> = new Set();
  readonly #joining: Partial<Request>;

  constructor(memberId: string, joining: Partial<Request> = {}) {
    this.memberId = memberId;
    this.#joining = joining;
  }

  /** The call that it would make now. */
  nextCall(): StreamsHeartbeatCall {
    const { memberId, memberEpoch } = this;
    if (memberEpoch === 0) return joiningStreamsCall(memberId, this.#joining);
    const [activeTasks, standbyTasks] = [taskIds(this.active), taskIds(this.standby)];
    return streamsCall({ memberId, memberEpoch, activeTasks, standbyTasks, warmupTasks: [] });
  }

  /** Takes over what an answer says. */
  hear({ response }: StreamsHeartbeatReply): void {
    if (response.errorCode !== 0) {
      this.memberEpoch = 0;
      this.active = new Set();
      this.standby = new Set();
      return;
    }
    this.memberEpoch = response.memberEpoch;
    if (response.activeTasks === null) return;
    this.active = keysOf(response.activeTasks);
    this.standby = keysOf(response.standbyTasks ?? []);
  }

  /** One heartbeat, answered at once. */
  beat(driver: GroupDriver): StreamsHeartbeatReply {
    const reply = driver.call(this.nextCall());
    this.hear(reply);
    return reply;
  }
}

type TaskIds = readonly { readonly subtopologyId: string; readonly partitions: readonly number[] }[];

function keysOf(tasks: TaskIds): ReadonlySet<string> {
  return new Set(
    tasks.flatMap(({ subtopologyId, partitions }) => partitions.map((one) => `${subtopologyId}:${one}`)),
  );
}

function taskIds(keys: ReadonlySet<string>): { subtopologyId: string; partitions: number[] }[] {
  const bySubtopology = Map.groupBy(keys, (key) => key.slice(0, key.lastIndexOf(':')));
  return [...bySubtopology].map(([subtopologyId, some]) => ({
    subtopologyId,
    partitions: some.map((key) => Number(key.slice(subtopologyId.length + 1))),
  }));
}
