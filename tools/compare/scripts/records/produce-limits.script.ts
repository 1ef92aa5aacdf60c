import { buildBatch } from '@millrace/protocol';
import { produce } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { batchOf, produceRequest, write } from './record-requests.ts';

const hourMs = 3_600_000;

function at(timestampMs: number): Buffer {
  return buildBatch([{ timestampMs, key: 'k', value: 'v' }]);
}

export const script: CompareScript = {
  name: 'produce-limits',
  title:
    'Produce against the limits of a topic: size, timestamps, compaction without keys, append time, compression.',
  async run(peer) {
    const small = await peer.topic('small', { configs: { 'max.message.bytes': '1000' } });
    const punctual = await peer.topic('punctual', {
      configs: { 'message.timestamp.before.max.ms': '60000', 'message.timestamp.after.max.ms': '60000' },
    });
    const compacted = await peer.topic('keyed', { configs: { 'cleanup.policy': 'compact' } });
    const appendTime = await peer.topic('stamped', {
      configs: { 'message.timestamp.type': 'LogAppendTime' },
    });
    const squeezed = await peer.topic('squeezed', { configs: { 'compression.type': 'gzip' } });
    for (const topic of [small, punctual, compacted, appendTime, squeezed])
      await write(peer, topic, ['first']);
    const versions = peer.versions(produce).filter((each) => each >= 3);
    for (const version of [versions[0]!, versions.at(-1)!]) {
      const ask = (label: string, topic: { name: string; id: string }, records: Buffer) =>
        peer.ask(label, produce, version, produceRequest(version, topic, records));
      await ask('too large', small, batchOf(['x'.repeat(2000)]));
      await ask('fits', small, batchOf(['x'.repeat(500)]));
      await ask('two hours ago', punctual, at(Date.now() - 2 * hourMs));
      await ask('in two hours', punctual, at(Date.now() + 2 * hourMs));
      await ask('now', punctual, at(Date.now()));
      await ask('no timestamp', punctual, at(-1));
      await ask('no key', compacted, buildBatch([{ timestampMs: Date.now(), value: 'v' }]));
      await ask(
        'one without a key',
        compacted,
        buildBatch([
          { timestampMs: Date.now(), key: 'k', value: 'v' },
          { timestampMs: Date.now(), value: 'v' },
        ]),
      );
      await ask('append time', appendTime, at(1000));
      for (const compression of ['gzip', 'snappy', 'lz4', 'zstd'] as const) {
        await ask(`${compression} into gzip`, squeezed, batchOf(['a', 'b'], { compression }));
        await ask(`${compression} too large inside`, small, batchOf(['x'.repeat(5000)], { compression }));
      }
    }
  },
};
