import {
  alterPartitionReassignments,
  electLeaders,
  incrementalAlterConfigs,
  listPartitionReassignments,
  unregisterBroker,
} from '../../src/apis.ts';
import { BrokerByHand, partitionsOf, placedTopic } from '../../src/broker-by-hand.ts';
import type { CompareScript } from '../../src/script.ts';

const [PREFERRED, UNCLEAN] = [0, 1];

export const script: CompareScript = {
  name: 'partition-leaders',
  title:
    'Leaders, ISRs and eligible replicas as brokers come, go, propose and are moved, with brokers played by hand.',
  hasController: true,
  properties: { 'broker.session.timeout.ms': '120000', 'replica.lag.time.max.ms': '600000' },
  known: [
    {
      step: 'back to where it was',
      field: '*',
      reason:
        'a target that adds nothing leaves what was being added before: Apache Kafka waits for it and removes it, for ever; here the move is through',
    },
  ],
  async run(peer) {
    const [a, b, c] = [21, 22, 23].map((id) => new BrokerByHand(peer, id)) as [
      BrokerByHand,
      BrokerByHand,
      BrokerByHand,
    ];
    for (const broker of [a, b, c]) await broker.start();
    const topic = await placedTopic(
      peer,
      'led',
      [
        [21, 22, 23],
        [22, 23, 21],
      ],
      { 'min.insync.replicas': '2' },
    );
    const see = async (label: string) => peer.note(label, await partitionsOf(peer, topic.name));
    await see('at first');

    // What a leader may not propose.
    const propose = async (
      label: string,
      from: BrokerByHand,
      proposal: Parameters<BrokerByHand['alterPartition']>[1],
    ) => peer.note(label, await from.alterPartition(topic.id, proposal));
    const now = { leaderEpoch: 0, partitionEpoch: 0 };
    await propose('an old incarnation', a, { ...now, isr: [a], brokerEpoch: 0 });
    await propose('no such partition', a, { ...now, isr: [a], partitionIndex: 9 });
    await propose('a leader epoch of the future', a, { ...now, isr: [a], leaderEpoch: 1 });
    await propose('a partition epoch of the future', a, { ...now, isr: [a], partitionEpoch: 1 });
    await propose('not the leader', b, { ...now, isr: [b] });
    await propose('without the leader', a, { ...now, isr: [b] });
    await propose('somebody twice', a, { ...now, isr: [a, a] });
    await propose('nobody', a, { ...now, isr: [] });
    await propose('recovering', a, { ...now, isr: [a], leaderRecoveryState: 1 });
    await propose('recovering with others', a, { ...now, isr: [a, b], leaderRecoveryState: 1 });
    await propose('as it is', a, { ...now, isr: [a, b, c] });
    await propose('smaller', a, { ...now, isr: [a, c] });
    await propose('an old partition epoch', a, { ...now, isr: [a, b] });
    await propose('too small', a, { ...now, partitionEpoch: 1, isr: [a] });
    await see('eligible replicas');
    await propose('larger', a, { ...now, partitionEpoch: 2, isr: [a, b] });
    await see('none are eligible');

    // Brokers go and come.
    await a.heartbeat({ wantFence: true });
    await see('the first is away');
    await propose('from the one that is away', a, { ...now, partitionEpoch: 3, isr: [a, b] });
    await propose('with the one that is away', b, { leaderEpoch: 1, partitionEpoch: 4, isr: [b, a] });
    await c.heartbeat({ wantFence: true });
    await b.heartbeat({ wantFence: true });
    await see('all are away');
    await c.heartbeat();
    await see('one that is not complete is back');
    await a.heartbeat();
    await see('one that is complete is back');
    await b.heartbeat();
    await see('all are back');

    const elect = (label: string, electionType: number, partitions: readonly number[]) =>
      peer.ask(label, electLeaders, 2, {
        electionType,
        topicPartitions: [{ topic: topic.name, partitions }],
        timeoutMs: 5000,
      });
    await elect('preferred', PREFERRED, [0, 1]);
    await elect('unclean', UNCLEAN, [0, 1]);
    await see('after elections');

    // Replicas move.
    const move = (label: string, replicas: readonly number[] | null) =>
      peer.ask(label, alterPartitionReassignments, 1, {
        timeoutMs: 5000,
        allowReplicationFactorChange: true,
        topics: [{ name: moved.name, partitions: [{ partitionIndex: 0, replicas }] }],
      });
    const list = (label: string) =>
      peer.ask(label, listPartitionReassignments, 0, {
        timeoutMs: 5000,
        topics: [{ name: moved.name, partitionIndexes: [0] }],
      });
    const moved = await placedTopic(peer, 'moved', [[21, 23]]);
    const seeMoved = async (label: string) => peer.note(label, await partitionsOf(peer, moved.name));
    await move('in another order', [23, 21]);
    await seeMoved('another order');
    await move('to the other node', [1, 21]);
    await list('on its way');
    await seeMoved('on its way');
    await move('back', null);
    await seeMoved('back');
    await move('to fewer', [23]);
    await seeMoved('fewer');
    await move('to a node more', [23, 21]);
    await list('one is added');
    await move('to another node more', [23, 1]);
    await list('another one is added');
    await move('cancelled', null);
    await seeMoved('as it was');
    await move('nothing to cancel', null);

    const stuck = await placedTopic(peer, 'stuck', [[21, 23]]);
    for (const replicas of [
      [1, 21],
      [21, 23],
    ]) {
      await peer.quietly(alterPartitionReassignments, 1, {
        timeoutMs: 5000,
        allowReplicationFactorChange: true,
        topics: [{ name: stuck.name, partitions: [{ partitionIndex: 0, replicas }] }],
      });
    }
    peer.note('back to where it was', await partitionsOf(peer, stuck.name));

    // Who leads uncleanly when that is wanted.
    const risky = await placedTopic(peer, 'risky', [[21, 23]]);
    await a.heartbeat({ wantFence: true });
    await c.heartbeat({ wantFence: true });
    peer.note('nobody is there', await partitionsOf(peer, risky.name));
    await a.heartbeat();
    peer.note('not the right one', await partitionsOf(peer, risky.name));
    await peer.ask('unclean, on request', electLeaders, 2, {
      electionType: UNCLEAN,
      topicPartitions: [{ topic: risky.name, partitions: [0] }],
      timeoutMs: 5000,
    });
    peer.note('after that', await partitionsOf(peer, risky.name));
    await peer.ask('another minimum', incrementalAlterConfigs, 1, {
      resources: [
        {
          resourceType: 2,
          resourceName: topic.name,
          configs: [{ name: 'min.insync.replicas', configOperation: 0, value: '1' }],
        },
      ],
      validateOnly: false,
    });
    await see('nobody is eligible');
    await peer.ask('taken out', unregisterBroker, 0, { brokerId: 23 });
    await see('without the one that was taken out');
    await peer.ask('taken out twice', unregisterBroker, 0, { brokerId: 23 });
  },
};
