import { silentLogger } from '@millrace/host';
import { PeerChannels } from '@millrace/replication';
import type { TestBroker } from './test-broker.ts';

/** Channels as another node would have them, whoever is asked for; to be closed by the test. */
export function channelsTo({ broker, host }: TestBroker): PeerChannels & Disposable {
  const channels = new PeerChannels({
    host,
    logger: silentLogger,
    clientId: 'another-node',
    requestTimeoutMs: 10_000,
    addressOf: () => broker.address,
  });
  return Object.assign(channels, { [Symbol.dispose]: () => channels.close() });
}
