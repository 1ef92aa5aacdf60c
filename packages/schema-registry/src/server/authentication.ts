import type { Host, Logger } from '@millrace/host';
import { RegistryPropertyError } from '../errors.ts';
import type { RegistrySettings } from './registry-settings.ts';
import { readUserFile, type Authenticate } from './user-file.ts';

/**
 * Who checks passwords; undefined when everybody may ask, which is worth a warning where others than this machine reach
 * the registry.
 * @param given wins over the file that properties name
 * @throws RegistryPropertyError
 */
export async function authentication(
  { values, listeners }: RegistrySettings,
  given: Authenticate | undefined,
  { host, logger }: { readonly host: Host; readonly logger: Logger },
): Promise<Authenticate | undefined> {
  if (values['authentication.method'] !== 'BASIC') {
    const open = listeners.filter((listener) => !isLoopback(listener.host));
    for (const { host: address, port } of open) {
      logger.warn(
        'everybody who reaches this address can read and change schemas: set authentication.method',
        {
          address,
          port,
        },
      );
    }
    return undefined;
  }
  if (given !== undefined) return given;
  const file = values['authentication.users.file'];
  if (file !== '') return readUserFile(host, file, values['authentication.roles']);
  throw new RegistryPropertyError(
    'authentication.method',
    'is BASIC, which needs authentication.users.file or the option authenticate',
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
