import { silentLogger, Simulation } from '@millrace/host';
import type { KafkaErrorName } from '@millrace/protocol';
import { PartitionRecord } from '@millrace/protocol/messages/metadata-records';
import { describe, expect, it } from 'vitest';
import type { ClusterImage, PartitionImage } from '../metadata/cluster-image.ts';
import { emptyImage } from '../metadata/image-builder.ts';
import { imageDifference } from '../metadata/image-difference.ts';
import { partitionImage } from '../metadata/partition-image.ts';
import { UNASSIGNED_DIRECTORY } from '../metadata/reserved-ids.ts';
import { TopicTable } from '../metadata/topic-table.ts';
import { DirectoryAssignments, type DirectoryAssignment } from './directory-assignments.ts';

const NODE = 1;
const TOPIC = 'AAAAAAAAAAAAAAAAAAAAZA';
const [A, B] = ['AAAAAAAAAAAAAAAAAAAAAa', 'AAAAAAAAAAAAAAAAAAAAAb'];

function partitionIn(index: number, directory: string, replicas = [NODE, 2]): PartitionImage {
  const directories = replicas.map((id) => (id === NODE ? directory : UNASSIGNED_DIRECTORY));
  const epochs = { leaderEpoch: 0, partitionEpoch: 0 };
  return partitionImage(
    PartitionRecord.create({
      partitionId: index,
      topicId: TOPIC,
      replicas,
      isr: replicas,
      leader: NODE,
      directories,
      ...epochs,
    }),
  );
}

function imageOf(partitions: readonly PartitionImage[], level = 17): ClusterImage {
  const topics = new TopicTable();
  topics.put({ name: 'orders', id: TOPIC, partitions });
  return { ...emptyImage, features: new Map([['metadata.version', level]]), topics };
}

/** A node whose replicas are all in directory A, or where `places` says; the controller answers by a script. */
class Scene {
  readonly simulation = new Simulation({ seed: 1, maxVirtualMs: 1_000_000 });
  readonly asked: string[][] = [];
  readonly places = new Map<number, string>();
  readonly answers: (KafkaErrorName | Error)[] = [];
  readonly assignments = new DirectoryAssignments({
    host: this.simulation.host('node'),
    logger: silentLogger,
    nodeId: NODE,
    directoryOf: (_topic, index) => this.places.get(index) ?? A,
  });
  #image = emptyImage;

  publish(image: ClusterImage): void {
    this.assignments.onImage(image, imageDifference(this.#image, image));
    this.#image = image;
  }

  connect(): void {
    this.assignments.connect({
      assignReplicasToDirs: async (wanted: readonly DirectoryAssignment[]) => {
        this.asked.push(wanted.map(({ index, directoryId }) => `${index}:${directoryId === A ? 'A' : 'B'}`));
        const answer = this.answers.shift() ?? 'NONE';
        if (answer instanceof Error) throw answer;
        return wanted.map(() => answer);
      },
    });
  }

  run(play: () => Promise<void>): Promise<void> {
    return this.simulation.run(play);
  }

  sleep(ms: number): Promise<void> {
    return this.simulation.sleep(ms);
  }
}

describe('the directories of replicas', () => {
  it('are told in one request, where the controller does not know them', async () => {
    const scene = new Scene();
    await scene.run(async () => {
      const known = partitionIn(0, A);
      const elsewhere = partitionIn(3, UNASSIGNED_DIRECTORY, [2, 3]);
      scene.publish(imageOf([known, partitionIn(1, UNASSIGNED_DIRECTORY), partitionIn(2, B), elsewhere]));
      expect(scene.assignments.queued).toBe(2);
      scene.connect();
      await scene.sleep(1);
    });
    expect(scene.asked).toEqual([['1:A', '2:A']]);
    expect(scene.assignments.queued).toBe(0);
  });

  it('are told in several requests, where they are many', async () => {
    const scene = new Scene();
    await scene.run(async () => {
      scene.publish(
        imageOf(Array.from({ length: 5000 }, (_, index) => partitionIn(index, UNASSIGNED_DIRECTORY))),
      );
      scene.connect();
      await scene.sleep(1);
    });
    expect(scene.asked.map(({ length }) => length)).toEqual([2250, 2250, 500]);
  });

  it('are told again, less and less often, until the controller accepts them', async () => {
    const scene = new Scene();
    scene.answers.push(new Error('nobody is there'), 'NOT_LEADER_OR_FOLLOWER', new Error('nobody is there'));
    await scene.run(async () => {
      scene.publish(imageOf([partitionIn(0, B)]));
      scene.connect();
      await scene.sleep(99);
      expect(scene.asked).toHaveLength(1);
      await scene.sleep(2);
      expect(scene.asked).toHaveLength(2);
      await scene.sleep(199);
      expect(scene.asked).toHaveLength(2);
      await scene.sleep(600);
      expect(scene.asked).toHaveLength(4);
      await scene.sleep(20_000);
    });
    expect(scene.asked).toEqual([['0:A'], ['0:A'], ['0:A'], ['0:A']]);
  });

  it('are not told any more of a replica that has left', async () => {
    const scene = new Scene();
    scene.answers.push(new Error('nobody is there'));
    await scene.run(async () => {
      scene.publish(imageOf([partitionIn(0, B)]));
      scene.connect();
      await scene.sleep(50);
      scene.publish(imageOf([partitionIn(0, B, [2, 3])]));
      await scene.sleep(20_000);
    });
    expect(scene.asked).toHaveLength(1);
    expect(scene.assignments.queued).toBe(0);
  });

  it('are told before a replica moves, which waits for that', async () => {
    const scene = new Scene();
    scene.answers.push(new Error('nobody is there'));
    await scene.run(async () => {
      scene.publish(imageOf([partitionIn(0, A)]));
      scene.connect();
      const { signal } = new AbortController();
      let isAgreed = false;
      const agreed = scene.assignments
        .move({ topicId: TOPIC, index: 0, directoryId: B }, signal)
        .then(() => (isAgreed = true));
      await scene.sleep(50);
      expect(isAgreed).toBe(false);
      await agreed;
      // The metadata says so, and the log is where it was for another while: not to be told back.
      scene.publish(imageOf([partitionIn(0, B)]));
      await scene.sleep(1000);
      scene.places.set(0, B);
      scene.assignments.moved(TOPIC, 0);
      await scene.sleep(1000);
    });
    expect(scene.asked).toEqual([['0:B'], ['0:B']]);
  });

  it('are told back when a move is given up', async () => {
    const scene = new Scene();
    await scene.run(async () => {
      scene.publish(imageOf([partitionIn(0, A)]));
      scene.connect();
      const givenUp = new AbortController();
      await scene.assignments.move({ topicId: TOPIC, index: 0, directoryId: B }, givenUp.signal);
      scene.publish(imageOf([partitionIn(0, B)]));
      scene.assignments.moved(TOPIC, 0);
      await scene.sleep(1);
      scene.publish(imageOf([partitionIn(0, A)]));
      scene.answers.push(new Error('nobody is there'));
      const waiting = scene.assignments.move({ topicId: TOPIC, index: 0, directoryId: B }, givenUp.signal);
      givenUp.abort(new Error('enough'));
      await expect(waiting).rejects.toThrow('enough');
    });
    expect(scene.asked.slice(0, 2)).toEqual([['0:B'], ['0:A']]);
  });

  it('are nobody’s business before metadata.version 17, and told when it is reached', async () => {
    const scene = new Scene();
    await scene.run(async () => {
      const partitions = [partitionIn(0, B)];
      scene.connect();
      scene.publish(imageOf(partitions, 16));
      await scene.assignments.move(
        { topicId: TOPIC, index: 0, directoryId: B },
        new AbortController().signal,
      );
      await scene.sleep(1000);
      expect(scene.asked).toEqual([]);
      scene.publish({ ...imageOf(partitions), topics: imageOf(partitions, 16).topics });
      await scene.sleep(1);
    });
    expect(scene.asked).toEqual([['0:A']]);
  });
});
