import { addPartitionsToTxn, endTxn, initProducerId, produce, txnOffsetCommit } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import {
  addPartitions,
  commitOffset,
  completed,
  end,
  init,
  initialized,
  produceIn,
} from './transaction-requests.ts';

export const script: CompareScript = {
  name: 'fencing',
  title:
    'A new holder of a transactional id aborts what is open, and the old one is fenced in every request.',
  async run(peer) {
    const topic = await peer.topic('ledger', { partitions: 2 });
    for (const version of peer.versions(addPartitionsToTxn).filter((each) => each <= 3)) {
      const id = peer.unique(`fenced-${version}`);
      const group = { groupId: peer.unique('group'), topic };
      const old = await initialized(peer, 'init', 4, id);
      await peer.ask('add', addPartitionsToTxn, version, addPartitions(version, id, old, topic));
      await peer.ask('produce', produce, 11, produceIn(11, id, old, { topic, sequence: 0 }));
      await peer.ask('a new holder while it is open', initProducerId, 4, init(4, id));
      await completed(peer, id);
      await initialized(peer, 'the new holder', 4, id);
      const ends = Math.min(version, 4);
      await peer.ask('the old one adds', addPartitionsToTxn, version, addPartitions(version, id, old, topic));
      await peer.ask('the old one produces', produce, 11, produceIn(11, id, old, { topic, sequence: 1 }));
      await peer.ask('the old one commits', endTxn, ends, end(id, old, true));
      await peer.ask('the old one commits offsets', txnOffsetCommit, 3, commitOffset(3, id, old, group));
      await peer.ask('the old one starts again', initProducerId, 4, init(4, id, { holder: old }));
      await peer.ask(
        'the old one starts again, before fencing had a name',
        initProducerId,
        3,
        init(3, id, { holder: old }),
      );
    }
  },
};
