// The process that `startBrokerProcess` forks.
import { Broker } from '@millrace/broker';
import { memoryHost } from '@millrace/host';

const broker = await Broker.start(
  {
    listeners: 'PLAINTEXT://127.0.0.1:0',
    'log.dirs': '/data',
    'log.retention.bytes': '200000000',
    'group.initial.rebalance.delay.ms': '0',
  },
  { host: memoryHost() },
);
process.once('message', () => {
  process.disconnect();
  void broker.close();
});
process.send!(broker.address.port);
