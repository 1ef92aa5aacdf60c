import { offsetCommit, offsetFetch } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import {
  commit,
  committed,
  nobody,
  strangeTopicId,
  type CommitOptions,
  type Member,
} from './classic-requests.ts';

export const script: CompareScript = {
  name: 'offset-commit',
  title:
    'OffsetCommit without a group in every version: unknown places, metadata, retention, members that are not there.',
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 3 });
    const strange = { name: peer.unique('nowhere'), id: strangeTopicId };
    await peer.coordinators();
    for (const version of peer.versions(offsetCommit)) {
      const id = peer.unique(`commits-${version}`);
      const ask = (label: string, options: CommitOptions = {}, member: Member = nobody, groupId = id) =>
        peer.ask(label, offsetCommit, version, commit(version, groupId, topic, member, options));
      await ask('known and unknown', { topics: [topic, strange], partitions: [0, 7, 1] });
      await ask('metadata too long', { metadata: 'm'.repeat(4097), partitions: [0, 1] });
      await ask('longest metadata', { metadata: 'm'.repeat(4096), partitions: [0, 1] });
      await ask('null metadata', { metadata: null, partitions: [2] });
      await ask('negative offset', { offset: -1, partitions: [2] });
      if (version <= 4) await ask('own retention', { retentionMs: 100_000 });
      await ask('a partition twice', { partitions: [0, 0, 1] });
      await ask('a topic twice', { topics: [topic, topic] });
      await ask('no partitions', { partitions: [] });
      await ask('no topics', { topics: [] });
      const [unknown, other] = [peer.unique(`unknown-${version}`), peer.unique(`other-${version}`)];
      await ask('generation in no group', {}, { memberId: 'm', generationId: 3 }, unknown);
      await ask('member in no group', {}, { memberId: 'm', generationId: -1 }, other);
      await ask('no group id', {}, nobody, '');
      const fetches = Math.min(version, 10);
      await peer.ask(
        'all offsets',
        offsetFetch,
        Math.max(fetches, 2),
        committed(Math.max(fetches, 2), id, topic, null),
      );
    }
  },
};
