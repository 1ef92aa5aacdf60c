import {
  addPartitionsToTxn,
  describeProducers,
  describeTransactions,
  endTxn,
  listTransactions,
  produce,
} from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { addPartitions, completed, end, initialized, produceIn } from './transaction-requests.ts';

export const script: CompareScript = {
  name: 'transaction-admin',
  title:
    'ListTransactions, DescribeTransactions and DescribeProducers in every version, with filters and nonsense.',
  async run(peer) {
    const topic = await peer.topic('ledger', { partitions: 2 });
    const [idle, open] = [peer.unique('idle'), peer.unique('open')];
    await initialized(peer, 'idle', 4, idle);
    const holder = await initialized(peer, 'open', 4, open);
    await peer.ask('add', addPartitionsToTxn, 3, addPartitions(3, open, holder, topic));
    await peer.ask('produce', produce, 11, produceIn(11, open, holder, { topic, sequence: 0 }));
    const mine = new Set([idle, open]);
    for (const version of peer.versions(listTransactions)) {
      const list = async (
        label: string,
        filters: {
          states?: string[];
          producers?: number[];
          durationMs?: number;
          pattern?: string | null;
        } = {},
      ) => {
        const { states = [], producers = [], durationMs = -1, pattern = null } = filters;
        const answer = await peer.quietly(listTransactions, version, {
          stateFilters: states,
          producerIdFilters: producers,
          ...(version >= 1 ? { durationFilter: durationMs } : {}),
          ...(version >= 2 ? { transactionalIdPattern: pattern } : {}),
        });
        const { errorCode, unknownStateFilters, transactionStates } = answer;
        const states_ = transactionStates.filter(({ transactionalId }) => mine.has(transactionalId));
        peer.note(`list ${label}, v${version}`, {
          errorCode,
          unknownStateFilters,
          transactionStates: states_,
        });
      };
      await list('all');
      await list('empty ones', { states: ['Empty'] });
      await list('an unknown state', { states: ['Ongoing', 'Nonsense'] });
      await list('one producer', { producers: [holder.producerId] });
      if (version >= 1) await list('old ones', { durationMs: 600_000 });
      if (version >= 2) await list('by pattern', { pattern: 'open.*' });
      if (version >= 2) await list('by a bad pattern', { pattern: '(' });
    }
    for (const version of peer.versions(describeTransactions)) {
      const transactionalIds = [idle, open, peer.unique('nobody'), ''];
      await peer.ask('described', describeTransactions, version, { transactionalIds });
      await peer.ask('none described', describeTransactions, version, { transactionalIds: [] });
    }
    for (const version of peer.versions(describeProducers)) {
      const describe = (label: string, name: string, partitionIndexes: readonly number[]) =>
        peer.ask(label, describeProducers, version, { topics: [{ name, partitionIndexes }] });
      await describe('producers', topic.name, [0, 1, 9]);
      await describe('producers of an unknown topic', peer.unique('nowhere'), [0]);
      await describe('producers of nothing', topic.name, []);
    }
    await peer.ask('commit', endTxn, 3, end(open, holder, true));
    await completed(peer, open);
    await peer.ask('producers afterwards', describeProducers, 0, {
      topics: [{ name: topic.name, partitionIndexes: [0] }],
    });
  },
};
