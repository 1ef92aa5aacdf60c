import { expect, it } from 'vitest';
import { ThreeNodes } from '../testing/three-nodes.ts';

it.each(['__consumer_offsets', '__share_group_state'])(
  '%s is known to every node that asks for it, when it is answered, whoever makes it',
  async (name) => {
    await using cluster = await ThreeNodes.start();
    const topics = await Promise.all(
      cluster.nodes.map(async (node) => {
        const topic = await node.ensureInternalTopic(name);
        expect(node.image.topics.byName.get(name)).toBe(topic);
        return topic;
      }),
    );
    expect(new Set(topics.map(({ id }) => id)).size).toBe(1);
  },
);
