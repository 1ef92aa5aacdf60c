import { addPartitionsToTxn, describeTransactions, endTxn, fetch, produce } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { fetchRequest } from '../records/record-requests.ts';
import { addPartitions, completed, end, initialized, produceIn } from './transaction-requests.ts';

export const script: CompareScript = {
  name: 'first-generation',
  title:
    'A transaction of the first generation (partitions are added): commit, abort, repeats, and what readers see.',
  async run(peer) {
    for (const version of peer.versions(addPartitionsToTxn).filter((each) => each <= 3)) {
      const topic = await peer.topic(`ledger-${version}`, { partitions: 3 });
      const id = peer.unique(`tv1-${version}`);
      const ends = Math.min(version, 4);
      const writes = version === 0 ? 9 : 11;
      const holder = await initialized(peer, 'init', 4, id);
      const describe = (when: string) =>
        peer.ask(`described ${when}`, describeTransactions, 0, { transactionalIds: [id] });
      const finish = (label: string, isCommitted: boolean) =>
        peer.ask(label, endTxn, ends, end(id, holder, isCommitted));
      const write = (
        label: string,
        options: { sequence: number; index?: number; isTransactional?: boolean },
      ) => peer.ask(label, produce, writes, produceIn(writes, id, holder, { topic, ...options }));
      const add = (label: string, partitions: readonly number[]) =>
        peer.ask(
          label,
          addPartitionsToTxn,
          version,
          addPartitions(version, id, holder, topic, { partitions }),
        );

      await finish('commit of nothing', true);
      await finish('abort of nothing', false);
      await write('produce before adding', { sequence: 0 });
      await add('add', [0, 1]);
      await add('add again', [1]);
      await add('add an unknown partition', [0, 9]);
      await describe('while open');
      await write('produce', { sequence: 0 });
      await write('produce the same', { sequence: 0 });
      await write('produce with a gap', { sequence: 5 });
      await write('produce where nothing was added', { sequence: 0, index: 2 });
      await write('produce outside in the middle', { sequence: 1, isTransactional: false });
      await peer.ask('read committed while open', fetch, 11, fetchRequest(11, topic, { isolationLevel: 1 }));
      await finish('commit', true);
      await completed(peer, id);
      await finish('commit again', true);
      await finish('abort after the commit', false);
      await write('produce after the commit', { sequence: 1 });
      await add('add for the next', [0]);
      await write('produce the next', { sequence: 1 });
      await finish('abort', false);
      await completed(peer, id);
      await finish('abort again', false);
      await finish('commit after the abort', true);
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
