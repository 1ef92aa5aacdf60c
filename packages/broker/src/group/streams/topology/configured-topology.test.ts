import { describe, expect, it } from 'vitest';
import { imageOf } from '../../testing/consumer-test-calls.ts';
import { internalTopic, subtopology, type TestTopology } from '../../testing/streams-test-calls.ts';
import { configureTopology, type ConfiguredTopology } from './configured-topology.ts';
import { toStreamsTopology } from './streams-topology.ts';
import { StreamsStatus } from './topology-status.ts';

type Subtopologies = TestTopology['subtopologies'];

function configure(
  subtopologies: Subtopologies,
  partitionCounts: Readonly<Record<string, number>>,
): ConfiguredTopology {
  const { topics } = imageOf(partitionCounts);
  return configureTopology(toStreamsTopology({ epoch: 0, subtopologies }), topics, '');
}

/** `name:partitions` of the topics that are to be created. */
function missing({ missingTopics }: ConfiguredTopology): string[] {
  return missingTopics.map(({ name, partitions }) => `${name}:${partitions}`);
}

const incorrect = (statusDetail: string) => ({
  statusCode: StreamsStatus.incorrectlyPartitionedTopics,
  statusDetail,
});

/** Reads `t`, writes `r`; reads `r`, keeps state. */
const counting: Subtopologies = [
  subtopology({ repartitionSinkTopics: ['r'] }),
  subtopology({
    subtopologyId: '1',
    sourceTopics: [],
    repartitionSourceTopics: [internalTopic('r')],
    stateChangelogTopics: [internalTopic('c')],
  }),
];

/** Joins topics `t` and `u` and repartition topics, which have these numbers of partitions. */
function joining(sources: readonly string[], repartition: Readonly<Record<string, number>>): Subtopologies {
  const names = Object.keys(repartition);
  return [
    subtopology({ sourceTopics: ['w'], repartitionSinkTopics: names, subtopologyId: '0' }),
    subtopology({
      subtopologyId: '1',
      sourceTopics: [...sources],
      repartitionSourceTopics: names.map((name) => internalTopic(name, repartition[name])),
      copartitionGroups: [
        {
          sourceTopics: sources.map((_, at) => at),
          sourceTopicRegex: [],
          repartitionSourceTopics: names.map((_, at) => at),
        },
      ],
    }),
  ];
}

describe('internal topics', () => {
  it('have as many partitions as what writes them reads, and changelogs as many as there are tasks', () => {
    const configured = configure(counting, { t: 5 });
    expect(missing(configured)).toEqual(['c:5', 'r:5']);
    expect([...configured.subtopologies!.values()].map(({ taskCount }) => taskCount)).toEqual([5, 5]);
  });

  it('have the partitions that the application chose', () => {
    const [first, second] = counting;
    const chosen = [first!, { ...second!, repartitionSourceTopics: [internalTopic('r', 2)] }];
    expect(missing(configure(chosen, { t: 5 }))).toEqual(['c:2', 'r:2']);
  });

  it('that are there already are not created again', () => {
    const configured = configure(counting, { t: 5, r: 5, c: 5 });
    expect([missing(configured), configured.problem]).toEqual([[], undefined]);
    expect(configure(counting, { t: 5, r: 5, c: 4 }).problem).toEqual(
      incorrect('Existing topic c has different number of partitions: expected 5, found 4'),
    );
  });

  it('are named up to three in the status', () => {
    const topics = ['a', 'b', 'c', 'd', 'e'].map((name) => internalTopic(name));
    const { problem } = configure([subtopology({ stateChangelogTopics: topics })], { t: 1 });
    expect(problem?.statusDetail).toBe('Internal topics are missing: a, b, c and 2 additional topics');
  });

  it('cannot be decided where they depend on each other, or nobody writes them', () => {
    const loop = [
      subtopology({
        sourceTopics: [],
        repartitionSourceTopics: [internalTopic('r')],
        repartitionSinkTopics: ['r'],
      }),
    ];
    expect(() => configure(loop, {})).toThrow('There may be loops in the topology');
    const unwritten = [subtopology({ repartitionSourceTopics: [internalTopic('r')] })];
    expect(() => configure(unwritten, { t: 1 })).toThrow('never used as a sink topic');
    expect(() => configure([subtopology({ sourceTopics: [] })], {})).toThrow(
      'No source topics found for subtopology 0',
    );
  });
});

describe('topics that are joined', () => {
  it('give their number of partitions to the repartition topics among them', () => {
    expect(missing(configure(joining(['t'], { r: 0, s: 0 }), { t: 3, w: 7 }))).toEqual(['r:3', 's:3']);
  });

  it('must be alike', () => {
    expect(configure(joining(['t', 'u'], {}), { t: 3, u: 4, w: 1 }).problem).toEqual(
      incorrect('Following topics do not have the same number of partitions: [{t=3, u=4}]'),
    );
    expect(configure(joining(['t'], { r: 5 }), { t: 3, w: 1 }).problem).toEqual(
      incorrect(
        "Number of partitions [5] of repartition topic [r] doesn't match number of partitions [3] of the source topic.",
      ),
    );
    expect(configure(joining([], { r: 5, s: 6 }), { w: 1 }).problem).toEqual(
      incorrect('Following topics do not have the same number of partitions: [{r=5, s=6}]'),
    );
  });

  it('follow the one whose partitions were chosen, or the largest', () => {
    expect(missing(configure(joining([], { r: 0, s: 6 }), { w: 2 }))).toEqual(['r:6', 's:6']);
    expect(missing(configure(joining([], { r: 0, s: 0 }), { w: 2 }))).toEqual(['r:2', 's:2']);
  });

  it('are known by their places, which must be there', () => {
    const [first, second] = joining(['t'], {});
    const group = { sourceTopics: [1], sourceTopicRegex: [], repartitionSourceTopics: [] };
    const broken = [first!, { ...second!, copartitionGroups: [group] }];
    expect(() => configure(broken, { t: 1, w: 1 })).toThrow('names topic 1, which it has not');
  });
});
