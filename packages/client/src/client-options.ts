import type { Host, Logger } from '@millrace/host';
import type { ConnectionOptions } from './security/sasl-options.ts';

/** What every client can be given besides Kafka's properties. */
export interface ClientOptions extends ConnectionOptions {
  /** Clock, timers, random and network. Default: those of this machine. */
  readonly host?: Host;
  /** Default: silent. */
  readonly logger?: Logger;
  /**
   * What happens to properties that no Kafka client knows, for example those of a serializer in a file written for Java.
   * Default `error`: a slip of the finger must not go unnoticed. `ignore`: a warning is logged.
   */
  readonly unknownProperties?: 'error' | 'ignore';
}

export const clientOptionNames: Record<keyof ClientOptions, true> = {
  host: true,
  logger: true,
  unknownProperties: true,
  sasl: true,
  socketFactory: true,
  observer: true,
};
