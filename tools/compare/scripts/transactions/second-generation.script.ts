import { describeTransactions, endTxn, fetch, produce } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { fetchRequest } from '../records/record-requests.ts';
import {
  completed,
  end,
  identity,
  initialized,
  isPassing,
  produceIn,
  type Holder,
} from './transaction-requests.ts';

export const script: CompareScript = {
  name: 'second-generation',
  title:
    'A transaction of the second generation (KIP-890): partitions join by produce, every end raises the epoch, late ends change nothing.',
  async run(peer) {
    for (const version of peer.versions(produce).filter((each) => each >= 12)) {
      const topic = await peer.topic(`ledger-${version}`, { partitions: 2 });
      const id = peer.unique(`tv2-${version}`);
      const describe = (when: string) =>
        peer.ask(`described ${when}`, describeTransactions, 0, { transactionalIds: [id] });
      const finish = (label: string, holder: Holder, isCommitted: boolean) =>
        peer.ask(label, endTxn, 5, end(id, holder, isCommitted));
      const write = (label: string, holder: Holder, sequence: number, index = 0) =>
        peer.askUntil(
          label,
          { api: produce, version, message: produceIn(version, id, holder, { topic, sequence, index }) },
          ({ responses }) => !isPassing(responses[0]!.partitionResponses[0]!.errorCode),
        );

      const first = await initialized(peer, 'init', 5, id);
      const empty = await finish('commit of nothing', first, true);
      const holder = empty.producerEpoch > 0 ? identity(empty) : first;
      await completed(peer, id);
      await write('produce', holder, 0);
      await write('produce the next', holder, 1);
      await write('produce elsewhere, not from 0', holder, 3, 1);
      await write('produce elsewhere', holder, 0, 1);
      await describe('while open');
      const committed = await finish('commit', holder, true);
      await completed(peer, id);
      await finish('commit again', holder, true);
      await finish('abort after the commit', holder, false);
      await finish('end of an older epoch', { ...holder, producerEpoch: holder.producerEpoch - 1 }, true);
      await finish(
        'end of a later epoch',
        { ...committed, producerEpoch: committed.producerEpoch + 1 },
        true,
      );
      await write('produce of the old epoch', holder, 2);
      const next = identity(committed);
      await write('produce of the new epoch', next, 0);
      await finish('a late commit', holder, true);
      await finish('a late abort', holder, false);
      await describe('after the late ends');
      const aborted = await finish('abort', next, false);
      await completed(peer, id);
      await finish('abort again', next, false);
      await finish('commit after the abort', next, true);
      await finish('abort of nothing', aborted, false);
      await completed(peer, id);
      await describe('at the end');
      for (const isolationLevel of [0, 1]) {
        await peer.ask(
          `everything at isolation ${isolationLevel}`,
          fetch,
          11,
          fetchRequest(11, topic, { isolationLevel }),
        );
      }
    }
  },
};
