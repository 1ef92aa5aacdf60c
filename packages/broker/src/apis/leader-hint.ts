import type { RequestContext } from './handler.ts';

/** The addresses that go with leader hints (KIP-951), for the listener the request came in on. */
export function nodeEndpoints({ broker, connection }: RequestContext) {
  const nodes = [];
  for (const node of broker.image.brokers.values()) {
    const endpoint = node.endpoints.get(connection.listenerName);
    if (endpoint !== undefined && !node.isFenced)
      nodes.push({ nodeId: node.id, ...endpoint, rack: node.rack });
  }
  return nodes;
}
