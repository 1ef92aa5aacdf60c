import { controllerRegistration, allocateProducerIds } from '../../src/apis.ts';
import { BrokerByHand } from '../../src/broker-by-hand.ts';
import type { CompareScript } from '../../src/script.ts';

const RESERVED = 'AAAAAAAAAAAAAAAAAAAAAg';

export const script: CompareScript = {
  name: 'broker-registration',
  title:
    'Brokers as the controller sees them: what it refuses, heartbeats in every state, shutdowns, producer ids.',
  hasController: true,
  properties: { 'broker.session.timeout.ms': '120000', 'replica.lag.time.max.ms': '600000' },
  async run(peer) {
    const broker = new BrokerByHand(peer, 11);
    const other = new BrokerByHand(peer, 12);
    const refused = async (
      label: string,
      who: BrokerByHand,
      change: Parameters<BrokerByHand['register']>[0],
    ) => peer.note(label, await who.register(change));
    await refused('another cluster', broker, { clusterId: 'bm8tYW55LWNsdXN0ZXIt' });
    await refused('no directories', broker, { logDirs: [] });
    await refused('a reserved directory', broker, { logDirs: [RESERVED] });
    await refused('a directory twice', broker, { logDirs: [broker.directory, broker.directory] });
    await refused('no features', broker, { features: [] });
    await refused('without metadata.version', broker, { features: [['group.version', 0, 1]] });
    await refused('old software', broker, { features: [['metadata.version', 1, 7]] });
    await refused('new software', broker, { features: [['metadata.version', 90, 99]] });
    await refused('a feature that is on is not known', broker, { features: [['metadata.version', 1, 99]] });
    peer.note('heartbeat of a stranger', await broker.heartbeat());

    peer.note('comes', await broker.register());
    peer.note('wants to stay out', await broker.heartbeat({ wantFence: true }));
    peer.note('has not caught up', await broker.heartbeat({ currentMetadataOffset: 0 }));
    peer.note('has just caught up', await broker.heartbeat({ currentMetadataOffset: broker.epoch }));
    peer.note('goes on', await broker.heartbeat());
    peer.note('with an old epoch', await broker.heartbeat({ brokerEpoch: broker.epoch - 1 }));
    const { epoch } = broker;
    await refused('another incarnation while it is heard of', broker, { incarnation: 'second' });
    await refused('the same incarnation again', broker, {});
    peer.note('keeps its epoch', broker.epoch === epoch);
    await refused('the directory of another broker', other, { logDirs: [broker.directory] });
    peer.note('is still in', await broker.heartbeat());
    peer.note('wants to be left out', await broker.heartbeat({ wantFence: true }));
    peer.note('comes back', await broker.heartbeat());
    peer.note('goes, leading nothing', await broker.heartbeat({ wantShutDown: true }));
    peer.note('asks again', await broker.heartbeat({ wantShutDown: true }));

    const ask = (brokerEpoch: number) =>
      peer.quietly(allocateProducerIds, 0, { brokerId: broker.id, brokerEpoch }, { on: 'controller' });
    const [first, second] = [await ask(broker.epoch), await ask(broker.epoch)];
    peer.note('a block of producer ids', [first.errorCode, first.producerIdLen]);
    peer.note('the next one', second.producerIdStart - first.producerIdStart);
    peer.note('producer ids for an old epoch', (await ask(broker.epoch - 1)).errorCode);
    await peer.ask(
      'a controller registers',
      controllerRegistration,
      0,
      {
        controllerId: 77,
        incarnationId: broker.directory,
        zkMigrationReady: false,
        listeners: [{ name: 'CONTROLLER', host: '127.0.0.1', port: 9, securityProtocol: 0 }],
        features: ['metadata.version', 'eligible.leader.replicas.version'].map((name) => ({
          name,
          minSupportedVersion: 0,
          maxSupportedVersion: 99,
        })),
      },
      { on: 'controller' },
    );
  },
};
