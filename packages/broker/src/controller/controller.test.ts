import { memoryHost, type Host } from '@millrace/host';
import { ZERO_UUID } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import { openMetadata } from '../testing/open-metadata.ts';
import { allocateProducerIds } from './allocate-producer-ids.ts';

async function controllerOn(host: Host, published: ClusterImage[] = []) {
  const { metadata, logs } = await openMetadata(host, (image) => published.push(image));
  await metadata.loader.release();
  metadata.start();
  const { controller } = metadata;
  await controller.active;
  await controller.settled();
  published.length = 0;
  return { metadata, controller, logs };
}

describe('Controller', () => {
  it('lets operations that overlap build on each other, and publishes them in order', async () => {
    const published: ClusterImage[] = [];
    const { controller, logs } = await controllerOn(memoryHost(), published);
    const blocks = await Promise.all([1, 2, 3].map(() => controller.run(allocateProducerIds)));
    expect(blocks.map(({ firstId }) => firstId)).toEqual([0, 1000, 2000]);
    const seen = published.map(({ nextProducerId }) => nextProducerId);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(3000);
    await logs.close();
  });

  it('answers an operation without records only after what it saw is committed', async () => {
    const published: ClusterImage[] = [];
    const { controller, logs } = await controllerOn(memoryHost(), published);
    const writing = controller.run(allocateProducerIds);
    const seen = await controller.run(({ image }) => ({ records: [], response: image.nextProducerId }));
    expect([seen, published.at(-1)?.nextProducerId]).toEqual([1000, 1000]);
    await writing;
    await logs.close();
  });

  it('refuses what no record can hold, and goes on', async () => {
    const { controller, logs } = await controllerOn(memoryHost());
    const tooLong = controller.run(() => ({
      records: [{ type: 'Topic', data: { name: 'x'.repeat(40_000), topicId: ZERO_UUID } }],
      response: undefined,
    }));
    await expect(tooLong).rejects.toMatchObject({ code: 'ERR_PROTOCOL_INVALID_VALUE' });
    const tooMany = controller.run(() => ({
      records: Array.from({ length: 10_001 }, () => ({ type: 'NoOp', data: {} })),
      response: undefined,
    }));
    await expect(tooMany).rejects.toMatchObject({ code: 'POLICY_VIOLATION' });
    expect(await controller.run(allocateProducerIds)).toEqual({ firstId: 0, count: 1000 });
    await logs.close();
  });

  it('writes what may be split in as many batches as it takes', async () => {
    const published: ClusterImage[] = [];
    const { metadata, controller, logs } = await controllerOn(memoryHost(), published);
    const begin = metadata.loader.appliedOffset;
    const records = Array.from({ length: 20_001 }, () => ({ type: 'NoOp', data: {} }) as const);
    await controller.run(() => ({ records, response: undefined, mayBeSplit: true }));
    expect(published.at(-1)!.offset - begin).toBe(20_001);
    await logs.close();
  });

  it('fails what waits when another node leads, and goes back to what was committed', async () => {
    const { metadata, controller, logs } = await controllerOn(memoryHost());
    await controller.run(allocateProducerIds);
    controller.deactivate();
    await expect(controller.run(allocateProducerIds)).rejects.toMatchObject({ code: 'NOT_CONTROLLER' });
    controller.activate(metadata.quorum.epoch, []);
    expect(await controller.run(allocateProducerIds)).toEqual({ firstId: 1000, count: 1000 });
    await logs.close();
  });

  it('fails what could not be committed, and everything after it', async () => {
    const host = memoryHost();
    const { metadata, controller, logs } = await controllerOn(host);
    await controller.run(allocateProducerIds);
    await logs.close();
    const failures = await Promise.allSettled([1, 2].map(() => controller.run(allocateProducerIds)));
    for (const failure of failures) {
      expect(failure).toMatchObject({ status: 'rejected', reason: { code: 'KAFKA_STORAGE_ERROR' } });
    }
    expect(await metadata.quorum.failed).toBeInstanceOf(Error);
    await expect(controller.run(allocateProducerIds)).rejects.toMatchObject({ code: 'KAFKA_STORAGE_ERROR' });
    await controller.settled();
  });
});
