import type { SocketAddress } from '@millrace/host';
import { InvalidConfigurationError } from '../errors.ts';
import type { OperationsServer, OperationsSources } from './operations-server.ts';

/** Opens the HTTP endpoint if there is to be one; nothing of it is loaded otherwise. @throws ListenError */
export async function openOperations(
  listener: string,
  sources: () => OperationsSources | undefined,
): Promise<OperationsServer | undefined> {
  if (listener === '') return undefined;
  const address = parseAddress(listener);
  const { OperationsServer } = await import('./operations-server.ts');
  return OperationsServer.open(address, sources);
}

/** @throws InvalidConfigurationError */
function parseAddress(text: string): SocketAddress {
  const match = /^(?:http:\/\/)?(?:\[([0-9a-f:.]+)\]|([^:/\s[\]]*)):(\d{1,5})\/?$/i.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65535) {
    throw new InvalidConfigurationError(
      'metrics.listener',
      `is "${text}", which is not of the form http://HOST:PORT`,
    );
  }
  return { host: match[1] ?? (match[2] === '' ? '::' : match[2]!), port };
}
