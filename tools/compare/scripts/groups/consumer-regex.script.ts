import { consumerGroupHeartbeat } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { hello } from './consumer-group.script.ts';

export const script: CompareScript = {
  name: 'consumer-regex',
  title: 'Members that subscribe to expressions: valid, invalid, empty, both kinds of subscription, changed.',
  known: [
    {
      step: '*, v1',
      field: 'memberEpoch',
      reason: 'an expression is resolved before the answer, not after it',
    },
    {
      step: 'matching, v1',
      field: 'assignment.*',
      reason: 'an expression is resolved before the answer, not after it',
    },
  ],
  async run(peer) {
    const topic = await peer.topic('expressed', { partitions: 2 });
    await peer.coordinators();
    for (const [name, expression] of [
      ['matching', `${topic.name}.*`],
      ['matching nothing', 'nothing-like-this'],
      ['unclosed', '('],
      ['a class that RE2 lacks', String.raw`(?<!a)b`],
      ['empty', ''],
    ] as const) {
      const groupId = peer.unique(`group of ${name}`);
      const joined = await peer.ask(
        name,
        consumerGroupHeartbeat,
        1,
        hello(1, groupId, { subscribedTopicNames: null, subscribedTopicRegex: expression }),
      );
      if (joined.errorCode !== 0) continue;
      const identity = { groupId, memberId: joined.memberId!, memberEpoch: joined.memberEpoch };
      await peer.ask(`${name}, changed to a bad one`, consumerGroupHeartbeat, 1, {
        ...identity,
        subscribedTopicRegex: '[',
      });
    }
    await peer.ask(
      'names and an expression',
      consumerGroupHeartbeat,
      1,
      hello(1, peer.unique('both'), { subscribedTopicNames: [topic.name], subscribedTopicRegex: 'x' }),
    );
  },
};
