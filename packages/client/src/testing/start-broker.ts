import { Broker } from '@millrace/broker';
import { memoryHost, type Host } from '@millrace/host';

export interface TestBroker extends AsyncDisposable {
  readonly broker: Broker;
  readonly host: Host;
  readonly bootstrapServers: string;
}

/** A real broker on a free port, with its disk in memory. */
export async function startBroker(
  properties: Readonly<Record<string, string>> = {},
  host: Host = memoryHost(),
): Promise<TestBroker> {
  const broker = await Broker.start(
    { listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': '/data', ...properties },
    { host },
  );
  return {
    broker,
    host,
    bootstrapServers: `127.0.0.1:${broker.address.port}`,
    [Symbol.asyncDispose]: () => broker.close(),
  };
}
