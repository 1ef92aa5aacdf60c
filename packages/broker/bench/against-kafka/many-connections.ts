import { nodeHost } from '@millrace/host';
import { buildBatch } from '@millrace/protocol';
import { RawConnection } from '../../src/testing/raw-connection.ts';
import { createTopic, produceRequest } from '../../src/testing/requests.ts';

const CONNECTIONS = 200;
const PARTITIONS = 12;
const REQUESTS_PER_CONNECTION = 100;

/** Creates a topic; Java's clients ask for as long as its leader does not know of it. */
export async function makeTopic(bootstrapServers: string, topic: string, partitions: number): Promise<void> {
  const [host = '', port = ''] = bootstrapServers.split(':');
  const connection = await RawConnection.open(nodeHost(), { host, port: Number(port) });
  await createTopic(connection, topic, { partitions });
  connection.destroy();
}

/** Many clients that each send one small record, wait, and send the next. @returns requests per second */
export async function smallRequests(bootstrapServers: string, topic: string): Promise<number> {
  const [host = '', port = ''] = bootstrapServers.split(':');
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => RawConnection.open(nodeHost(), { host, port: Number(port) })),
  );
  await createTopic(connections[0]!, topic, { partitions: PARTITIONS });
  for (let partition = 0; partition < PARTITIONS; partition++) {
    await untilLed(connections[0]!, topic, partition);
  }
  const startMs = performance.now();
  await Promise.all(connections.map((connection, index) => sendAll(connection, topic, index % PARTITIONS)));
  const seconds = (performance.now() - startMs) / 1000;
  for (const connection of connections) connection.destroy();
  return (CONNECTIONS * REQUESTS_PER_CONNECTION) / seconds;
}

async function sendAll(connection: RawConnection, topic: string, partition: number): Promise<void> {
  for (let sent = 0; sent < REQUESTS_PER_CONNECTION; sent++) {
    const errorCode = await sendOne(connection, topic, partition);
    if (errorCode !== 0) throw new Error(`${topic}-${partition} answers ${errorCode}`);
  }
}

/** The first requests to a partition may come before its leader knows of it. */
async function untilLed(connection: RawConnection, topic: string, partition: number): Promise<void> {
  for (let attempt = 0; (await sendOne(connection, topic, partition)) !== 0; attempt++) {
    if (attempt === 600) throw new Error(`${topic}-${partition} has no leader`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

async function sendOne(connection: RawConnection, topic: string, partition: number): Promise<number> {
  const batch = buildBatch([{ timestampMs: Date.now(), value: 'x'.repeat(100) }]);
  const { responses } = await connection.send(produceRequest(topic, batch, { index: partition }));
  return responses[0]!.partitionResponses[0]!.errorCode;
}
