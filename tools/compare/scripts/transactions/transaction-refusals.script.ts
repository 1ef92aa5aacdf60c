import { addOffsetsToTxn, addPartitionsToTxn, endTxn, txnOffsetCommit } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { addOffsets, addPartitions, commitOffset, end, initialized } from './transaction-requests.ts';

export const script: CompareScript = {
  name: 'transaction-refusals',
  title: 'Transaction requests of the wrong producer, epoch, id, topic and partition, in every version.',
  async run(peer) {
    const topic = await peer.topic('ledger', { partitions: 2 });
    const nowhere = { name: peer.unique('nowhere'), id: topic.id };
    const id = peer.unique('refused');
    const holder = await initialized(peer, 'init', 4, id);
    const wrong = {
      'another producer': { ...holder, producerId: holder.producerId + 70_000 },
      'a lower epoch': { ...holder, producerEpoch: -1 },
      'a higher epoch': { ...holder, producerEpoch: 9 },
    };
    const group = { groupId: peer.unique('group'), topic };
    for (const version of peer.versions(addPartitionsToTxn)) {
      const add = (
        label: string,
        ...rest: [string, typeof holder, typeof topic, Parameters<typeof addPartitions>[4]?]
      ) => peer.ask(`add: ${label}`, addPartitionsToTxn, version, addPartitions(version, ...rest));
      for (const [label, other] of Object.entries(wrong)) await add(label, id, other, topic);
      await add('unknown id', peer.unique('unknown'), holder, topic);
      await add('empty id', '', holder, topic);
      await add('unknown topic', id, holder, nowhere);
      await add('unknown partition', id, holder, topic, { partitions: [9] });
      if (version >= 4) await add('verify what is not there', id, holder, topic, { verifyOnly: true });
    }
    for (const version of peer.versions(addOffsetsToTxn)) {
      const add = (label: string, ...rest: Parameters<typeof addOffsets>) =>
        peer.ask(`add offsets: ${label}`, addOffsetsToTxn, version, addOffsets(...rest));
      for (const [label, other] of Object.entries(wrong)) await add(label, id, other, group.groupId);
      await add('unknown id', peer.unique('unknown'), holder, group.groupId);
      await add('empty id', '', holder, group.groupId);
      await add('no group id', id, holder, '');
    }
    for (const version of peer.versions(endTxn)) {
      const finish = (label: string, ...rest: Parameters<typeof end>) =>
        peer.ask(`end: ${label}`, endTxn, version, end(...rest));
      for (const [label, other] of Object.entries(wrong)) await finish(label, id, other, true);
      await finish('unknown id', peer.unique('unknown'), holder, true);
      await finish('empty id', '', holder, false);
    }
    for (const version of peer.versions(txnOffsetCommit)) {
      const commit = (label: string, ...rest: [string, typeof holder, typeof group]) =>
        peer.ask(`commit offsets: ${label}`, txnOffsetCommit, version, commitOffset(version, ...rest));
      await commit('nothing added', id, holder, group);
      await commit('unknown topic', id, holder, { ...group, topic: nowhere });
      await commit('no group id', id, holder, { ...group, groupId: '' });
    }
  },
};
