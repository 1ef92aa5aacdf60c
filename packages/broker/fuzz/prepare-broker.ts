import type { Host, SocketAddress } from '@millrace/host';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import { RawConnection } from '../src/testing/raw-connection.ts';
import { createTopic } from '../src/testing/requests.ts';

const SHARE_KEY = 'share-0:AAAAAAAAAAAAAAAAAAAAAA:0';

/** Brings the coordinators to life and makes the topics that requests are mostly about. */
export async function prepareBroker(host: Host, address: SocketAddress): Promise<void> {
  const connection = await RawConnection.open(host, address);
  for (const [keyType, key] of [['classic-0'], ['txn-0'], [SHARE_KEY]].entries()) {
    await connection.send({
      request: FindCoordinatorRequest,
      response: FindCoordinatorResponse,
      version: 6,
      message: { keyType, coordinatorKeys: key },
    });
  }
  for (const index of [0, 1, 2]) await createTopic(connection, `fuzz-${index}`, { partitions: 2 });
  connection.destroy();
}
