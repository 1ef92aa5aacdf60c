import {
  deleteShareGroupState,
  initializeShareGroupState,
  readShareGroupState,
  readShareGroupStateSummary,
  writeShareGroupState,
  type Api,
} from '../../src/apis.ts';
import { strangeTopicId, type Peer } from '../../src/peer.ts';
import type { CompareScript } from '../../src/script.ts';
import type { Topic } from '../records/record-requests.ts';
import { shareCoordinator, shareProperties } from './share-requests.ts';

type InputOf<T> = T extends Api<infer Input, infer _Response> ? Input : never;
type Batches = NonNullable<
  InputOf<typeof writeShareGroupState>['topics']
>[number]['partitions'][number]['stateBatches'];

interface Write {
  readonly stateEpoch?: number;
  readonly leaderEpoch?: number;
  readonly startOffset?: number;
  readonly deliveryCompleteCount?: number;
  readonly stateBatches?: Batches;
}

/** COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR. */
const passing: ReadonlySet<number> = new Set([14, 15, 16]);

/** Requests about partition 0 of one topic. */
class StateOf {
  readonly #peer: Peer;
  readonly #groupId: string;
  readonly #topicId: string;

  constructor(peer: Peer, groupId: string, { id }: Pick<Topic, 'id'>) {
    this.#peer = peer;
    this.#groupId = groupId;
    this.#topicId = id;
  }

  /** A coordinator that was just made may still be elected, or load, on a busy machine. */
  async untilServed(): Promise<void> {
    const message = this.#about({ partition: 0, leaderEpoch: 0 });
    await this.#peer.settled(
      () => this.#peer.quietly(readShareGroupStateSummary, 0, message),
      ({ results }) =>
        results.every(({ partitions }) => partitions.every(({ errorCode }) => !passing.has(errorCode))),
    );
  }

  initialize(label: string, startOffset: number, { stateEpoch = 1, partition = 0 } = {}) {
    const message = this.#about({ partition, stateEpoch, startOffset });
    return this.#peer.ask(`initialize ${label}`, initializeShareGroupState, 0, message);
  }

  read(label: string, leaderEpoch = 2) {
    return this.#peer.ask(
      `read ${label}`,
      readShareGroupState,
      0,
      this.#about({ partition: 0, leaderEpoch }),
    );
  }

  async summary(label: string) {
    for (const version of this.#peer.versions(readShareGroupStateSummary))
      await this.#peer.ask(
        `summary ${label}`,
        readShareGroupStateSummary,
        version,
        this.#about({ partition: 0, leaderEpoch: 0 }),
      );
  }

  write(label: string, write: Write = {}, version = 1) {
    const count = version === 0 ? {} : { deliveryCompleteCount: write.deliveryCompleteCount ?? 0 };
    const { stateEpoch = 1, leaderEpoch = 0, startOffset = 0, stateBatches = [] } = write;
    const message = this.#about({
      partition: 0,
      stateEpoch,
      leaderEpoch,
      startOffset,
      stateBatches,
      ...count,
    });
    return this.#peer.ask(`write ${label}`, writeShareGroupState, version, message);
  }

  delete(label: string) {
    return this.#peer.ask(`delete ${label}`, deleteShareGroupState, 0, this.#about({ partition: 0 }));
  }

  #about<Partition>(partition: Partition) {
    return { groupId: this.#groupId, topics: [{ topicId: this.#topicId, partitions: [partition] }] };
  }
}

async function beginnings(peer: Peer, groupId: string, topic: Topic): Promise<void> {
  const state = new StateOf(peer, groupId, topic);
  await state.untilServed();
  await state.read('before anything');
  await state.summary('before anything');
  await state.write('before anything');
  await state.delete('before anything');
  await state.initialize('a negative partition', 0, { partition: -1 });
  await state.initialize('an unknown partition', 0, { partition: 5 });
  await new StateOf(peer, groupId, { id: 'AAAAAAAAAAAAAAAAAAAAAA' }).initialize('no topic', 0);
  await new StateOf(peer, groupId, { id: strangeTopicId }).initialize('an unknown topic', 0);
  await new StateOf(peer, '', topic).initialize('no group', 0);
  await state.initialize('', -1);
  await state.initialize('in an epoch of the past', 0, { stateEpoch: 0 });
  await state.initialize('again', 3);
  await state.summary('at the beginning');
}

async function fencing(state: StateOf): Promise<void> {
  await state.read('by a leader');
  await state.read('by the leader before', 1);
  await state.summary('fences nobody');
  await state.write('by the leader before', { leaderEpoch: 1 });
  await state.write('of the state before', { leaderEpoch: 2, stateEpoch: 0 });
  await state.write('of a state to come', { leaderEpoch: 2, stateEpoch: 2, startOffset: 3 });
  await state.write('of the state before that', { leaderEpoch: 2, stateEpoch: 1, startOffset: 3 });
}

function batch(firstOffset: number, lastOffset: number, deliveryState: number, deliveryCount: number) {
  return { firstOffset, lastOffset, deliveryState, deliveryCount };
}

async function merging(state: StateOf): Promise<void> {
  const epochs = { leaderEpoch: 2, stateEpoch: 2 };
  await state.write('two states', {
    ...epochs,
    startOffset: 3,
    stateBatches: [batch(5, 9, 2, 1), batch(10, 12, 0, 2)],
  });
  await state.write('over a part', {
    ...epochs,
    startOffset: 4,
    deliveryCompleteCount: 7,
    stateBatches: [batch(11, 11, 4, 5), batch(13, 13, 0, 2)],
  });
  await state.read('what was put together');
  const old = { ...epochs, startOffset: -1, stateBatches: [batch(1, 4, 0, 1)] };
  await state.write('before the start', old, 0);
  await state.read('without a leader', -1);
  const without = { leaderEpoch: -1, stateEpoch: -1, startOffset: 4 };
  await state.write('fewer deliveries', {
    ...without,
    stateBatches: [batch(5, 5, 0, 0), batch(6, 6, 0, 4)],
  });
  await state.read('the greater counts');
  await state.write('a start that goes back', { ...epochs, startOffset: 1 });
  await state.read('where it starts');
  await state.summary('of all');
}

export const script: CompareScript = {
  name: 'share-state',
  title: 'What brokers ask share coordinators: epochs that fence, and states that are put together.',
  known: ['read where it starts, v0', 'summary of all, v*'].map((step) => ({
    step,
    field: 'results[*].partitions[*].startOffset',
    reason: 'an earlier write that comes once more, after a later one, does not take back what is done with',
  })),
  properties: shareProperties,
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    const groupId = peer.unique('share');
    await shareCoordinator(peer, groupId, topic);
    await beginnings(peer, groupId, topic);
    const state = new StateOf(peer, groupId, topic);
    await fencing(state);
    await merging(state);
    await state.delete('');
    await state.summary('when gone');
  },
};
