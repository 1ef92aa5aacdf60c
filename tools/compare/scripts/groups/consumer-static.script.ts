import { consumerGroupDescribe, consumerGroupHeartbeat } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { hello } from './consumer-group.script.ts';

export const script: CompareScript = {
  name: 'consumer-static',
  title:
    'Static members of the new protocol: an instance in use, left for a while, taken over, left for good.',
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    await peer.coordinators();
    const groupId = peer.unique('static');
    const [first, second] = ['AAAAAAAAAAAAAAAAAAAAAQ', 'AAAAAAAAAAAAAAAAAAAAAg'];
    const ask = (label: string, message: ReturnType<typeof hello>) =>
      peer.ask(label, consumerGroupHeartbeat, 1, message);
    const join = (memberId: string) =>
      hello(1, groupId, { memberId, instanceId: 'i', subscribedTopicNames: [topic.name] });
    const member = await ask('joins', join(first));
    await ask('another one takes the instance', join(second));
    const beat = { groupId, memberId: first, memberEpoch: member.memberEpoch, instanceId: 'i' };
    await ask('owns', { ...beat, topicPartitions: [{ topicId: topic.id, partitions: [0, 1] }] });
    await ask('another instance', { ...beat, instanceId: 'j' });
    await ask('without its instance', { ...beat, instanceId: null });
    await ask('leaves for a while', { ...beat, memberEpoch: -2 });
    await peer.ask('described meanwhile', consumerGroupDescribe, 1, {
      groupIds: [groupId],
      includeAuthorizedOperations: false,
    });
    await ask('beats after leaving', beat);
    const taken = await ask('another one takes it over', join(second));
    await ask('the first comes back', join(first));
    await ask('the first beats', beat);
    await ask('the second leaves for good', { groupId, memberId: second, memberEpoch: -1, instanceId: 'i' });
    await ask('the second beats', {
      groupId,
      memberId: second,
      memberEpoch: taken.memberEpoch,
      instanceId: 'i',
    });
    await ask('leaves for a while without an instance', { groupId, memberId: second, memberEpoch: -2 });
  },
};
