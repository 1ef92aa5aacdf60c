import { describe, expect, it } from 'vitest';
import { ThreeNodes } from '../testing/three-nodes.ts';

describe('three nodes', () => {
  it('elect a controller, register and serve', async () => {
    await using cluster = await ThreeNodes.start();
    const images = cluster.nodes.map(({ image }) =>
      [...image.brokers.values()].map(({ id, isFenced }) => [id, isFenced]),
    );
    for (const image of images) expect(image).toHaveLength(3);
    expect(cluster.nodes.filter(({ controller }) => controller.isActive)).toHaveLength(1);
  });
});
