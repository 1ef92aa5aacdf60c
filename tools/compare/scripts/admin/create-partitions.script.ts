import { createPartitions } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'create-partitions',
  title: 'CreatePartitions in every version: more, fewer, the same, dry, with an assignment, and errors.',
  async run(peer) {
    for (const version of peer.versions(createPartitions)) {
      const { name } = await peer.topic(`wide-${version}`, { partitions: 2 });
      const ask = (
        label: string,
        count: number,
        {
          topic = name,
          assignments = null,
          validateOnly = false,
        }: { topic?: string; assignments?: { brokerIds: number[] }[] | null; validateOnly?: boolean } = {},
      ) =>
        peer.ask(label, createPartitions, version, {
          topics: [{ name: topic, count, assignments }],
          timeoutMs: 10_000,
          validateOnly,
        });
      await ask('fewer', 1);
      await ask('the same', 2);
      await ask('zero', 0);
      await ask('dry', 3, { validateOnly: true });
      await ask('more', 3);
      await ask('with an assignment', 4, { assignments: [{ brokerIds: [1] }] });
      await ask('assignment too short', 6, { assignments: [{ brokerIds: [1] }] });
      await ask('unknown broker', 5, { assignments: [{ brokerIds: [9] }] });
      await ask('too many replicas', 5, { assignments: [{ brokerIds: [1, 9] }] });
      await ask('unknown topic', 2, { topic: peer.unique('nowhere') });
      await peer.ask('named twice', createPartitions, version, {
        topics: [
          { name, count: 8, assignments: null },
          { name, count: 9, assignments: null },
        ],
        timeoutMs: 10_000,
        validateOnly: false,
      });
    }
  },
};
