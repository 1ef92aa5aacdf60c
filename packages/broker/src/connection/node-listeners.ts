import type { Host } from '@millrace/host';
import type { BrokerConfig } from '../config/broker-config.ts';
import { advertisedAddress, type ListenerPlan, type SecuredAddress } from '../config/listeners.ts';
import { invariant } from '../errors.ts';
import type { BrokerLoggers } from '../logging/broker-loggers.ts';
import type { BrokerEndpoint, ScramCredentials } from '../metadata/cluster-image.ts';
import { ListenerSecurity } from '../security/listener-security.ts';
import { warnOfOpenListeners } from '../security/open-listeners.ts';
import { CertificateReload } from '../security/tls/certificate-reload.ts';
import type { SocketServer } from './socket-server.ts';

export interface NodeListenersParts {
  readonly host: Host;
  readonly loggers: BrokerLoggers;
  readonly config: BrokerConfig;
  readonly server: SocketServer;
  /** Those of the newest cluster state. */
  readonly scramCredentials: () => ScramCredentials;
}

/** Where a node listens, by which certificates, and where others are told to find it. */
export class NodeListeners {
  readonly #parts: NodeListenersParts;
  #bound: ReadonlyMap<string, BrokerEndpoint> = new Map();
  #advertised: readonly SecuredAddress[] = [];
  #certificates: CertificateReload | undefined;

  constructor(parts: NodeListenersParts) {
    this.#parts = parts;
  }

  /** Opens the listeners with their certificates; nobody is served yet. @throws ListenError */
  async open(plan: ListenerPlan): Promise<void> {
    const { host, loggers, config, server, scramCredentials } = this.#parts;
    const logger = loggers.of('kafka.network');
    const parts = { host, logger, config, scramCredentials };
    const wanted = await Promise.all(
      [...plan.brokers, ...plan.controllers].map(async (address) => ({
        ...address,
        security: await ListenerSecurity.load(address, parts),
      })),
    );
    const bound = await server.bind(wanted);
    this.#certificates = CertificateReload.start(bound, { host, logger, config });
    config.onChange(() => void this.#certificates?.refresh());
    warnOfOpenListeners(bound, logger);
    this.#bound = new Map(bound.map(({ name, boundHost, port }) => [name, { host: boundHost, port }]));
    this.#advertised = bound.map((listener) => advertisedAddress(plan, listener, listener.port));
  }

  /** What others are told, with the ports that listeners got. */
  get advertised(): readonly SecuredAddress[] {
    return this.#advertised;
  }

  /** @param name in upper case */
  advertisedEndpoint(name: string): BrokerEndpoint {
    const listener = this.#advertised.find((each) => each.name === name);
    invariant(listener !== undefined, `no listener ${name}`);
    return { host: listener.host, port: listener.port };
  }

  /** Where the first listener is bound. */
  get first(): BrokerEndpoint {
    const [first] = this.#bound.values();
    return first!;
  }

  /** Where the listener of that name is bound. */
  boundAt(name: string): BrokerEndpoint | undefined {
    return this.#bound.get(name.toUpperCase());
  }

  /** Ends the look for new certificates. The server closes the listeners. */
  async close(): Promise<void> {
    await this.#certificates?.close();
  }
}
