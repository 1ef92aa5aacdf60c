import { TestBroker } from './test-broker.ts';

/** Properties of a node alone that opens its listener for controllers all the same. */
export const withControllerListener = {
  listeners: 'PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:0',
  'controller.listener.names': 'CONTROLLER',
} as const;

/** A node alone, and a connection to its controller. */
export async function startController() {
  const server = await TestBroker.start(withControllerListener);
  const connection = await server.connect('CONTROLLER');
  const { quorum } = server.broker.cluster.metadata;
  return { server, connection, quorum, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
