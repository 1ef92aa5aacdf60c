import { startKafka } from '@millrace/apache-kafka-peer';
import { freePort } from '@millrace/free-ports';
import type { Against, NodeListener, NodeRequirements, RunningNode } from './node.ts';
import { startMillrace } from './start-millrace.ts';

/** A fresh node of either kind with the listeners and properties that a suite asks for. */
export async function startNode(against: Against, requirements: NodeRequirements): Promise<RunningNode> {
  const properties = { ...requirements.properties, ...listenerProperties(requirements.listeners) };
  if (against === 'millrace') return await startMillrace(properties, requirements.listeners[0]!.port);
  return await startApacheKafka(properties, requirements.listeners[0]!.port);
}

function listenerProperties(listeners: readonly NodeListener[]): Record<string, string> {
  const at = (host: string) => listeners.map(({ name, port }) => `${name}://${host}:${port}`).join(',');
  return {
    listeners: at('127.0.0.1'),
    'advertised.listeners': at('localhost'),
    'inter.broker.listener.name': listeners[0]!.name,
    'listener.security.protocol.map': listeners.map(({ name, protocol }) => `${name}:${protocol}`).join(','),
  };
}

async function startApacheKafka(
  properties: Readonly<Record<string, string>>,
  port: number,
): Promise<RunningNode> {
  const controller = await freePort();
  const kafka = await startKafka({
    port,
    properties: {
      ...properties,
      listeners: `${properties['listeners']},CONTROLLER://127.0.0.1:${controller}`,
      'controller.quorum.voters': `${properties['node.id'] ?? '1'}@127.0.0.1:${controller}`,
      'listener.security.protocol.map': `CONTROLLER:PLAINTEXT,${properties['listener.security.protocol.map']}`,
    },
  });
  return {
    against: 'kafka',
    bootstrapServers: `127.0.0.1:${port}`,
    dataDirectory: kafka.logDirectory,
    [Symbol.asyncDispose]: () => kafka[Symbol.asyncDispose](),
  };
}
