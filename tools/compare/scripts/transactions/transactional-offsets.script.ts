import { addOffsetsToTxn, endTxn, offsetCommit, offsetFetch, txnOffsetCommit } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { commit, committed, nobody } from '../groups/classic-requests.ts';
import { addOffsets, commitOffset, completed, end, initialized } from './transaction-requests.ts';

export const script: CompareScript = {
  name: 'transactional-offsets',
  title:
    'Offsets committed in a transaction: invisible and unstable while it is open, there after the commit, gone after an abort.',
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    await peer.coordinators();
    for (const version of peer.versions(txnOffsetCommit).filter((each) => each <= 4)) {
      const id = peer.unique(`offsets-${version}`);
      const group = { groupId: peer.unique(`group-${version}`), topic };
      const holder = await initialized(peer, 'init', 4, id);
      const adds = Math.min(version, 3);
      const offsets = (label: string, requireStable = false) =>
        peer.ask(label, offsetFetch, 9, { ...committed(9, group.groupId, topic, [0]), requireStable });
      for (const [round, isCommitted] of [true, false].entries()) {
        const outcome = isCommitted ? 'commit' : 'abort';
        await peer.ask(
          `${outcome}: add offsets`,
          addOffsetsToTxn,
          adds,
          addOffsets(id, holder, group.groupId),
        );
        const request = commitOffset(version, id, holder, { ...group, offset: 10 + round });
        await peer.ask(`${outcome}: offset`, txnOffsetCommit, version, request);
        await offsets(`${outcome}: offsets while open`);
        await offsets(`${outcome}: stable offsets while open`, true);
        await peer.ask(`${outcome}: end`, endTxn, 3, end(id, holder, isCommitted));
        await completed(peer, id);
        await peer.settled(
          () =>
            peer.quietly(offsetFetch, 9, { ...committed(9, group.groupId, topic, [0]), requireStable: true }),
          ({ groups }) => groups[0]!.topics[0]!.partitions[0]!.errorCode === 0,
        );
        await offsets(`${outcome}: offsets afterwards`, true);
      }
      await peer.ask(
        'a plain commit afterwards',
        offsetCommit,
        8,
        commit(8, group.groupId, topic, nobody, { offset: 30 }),
      );
      await offsets('at the end', true);
    }
  },
};
