import { connectionOver, type Connection, type Host, type SocketAddress } from '@millrace/host';
import type { BrokerVersions } from '../cluster/api-versions.ts';
import type { BrokerAddresses } from '../cluster/broker-addresses.ts';
import type { BrokerConnection } from '../cluster/broker-connection.ts';
import { InvalidConfigError, type ConnectionError, type TlsError } from '../errors.ts';
import { chooseMechanism } from './choose-mechanism.ts';
import { SaslAuthenticator } from './sasl-authenticator.ts';
import type { ConnectionOptions, SocketFactory } from './sasl-options.ts';
import { silentRefusal } from './tls-failure.ts';
import { loadTls, type SecurityValues } from './tls-settings.ts';

export interface ConnectLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** How the connections of one client are opened and secured. */
export class ConnectionSecurity {
  readonly #host: Host;
  readonly #values: SecurityValues;
  readonly #socketFactory: SocketFactory | undefined;
  readonly #authenticator: SaslAuthenticator | undefined;

  /** @throws InvalidConfigError for what does not fit together */
  constructor(host: Host, values: SecurityValues, options: ConnectionOptions = {}) {
    this.#host = host;
    this.#values = values;
    this.#socketFactory = options.socketFactory;
    const protocol = values['security.protocol'];
    const usesSasl = protocol.startsWith('SASL_');
    if (options.sasl !== undefined && !usesSasl) {
      throw new InvalidConfigError(
        'security.protocol',
        `is ${protocol}, which does not authenticate; with the option "sasl" it must be SASL_SSL or SASL_PLAINTEXT`,
      );
    }
    if (usesSasl) {
      this.#authenticator = new SaslAuthenticator(host, chooseMechanism(values, options.sasl, host));
    }
  }

  /**
   * The socket, with TLS if there is to be any, to one of the addresses of the broker. Who opens sockets of his own is told
   * the name.
   */
  async open(address: SocketAddress, limits: ConnectLimits, addresses: BrokerAddresses): Promise<Connection> {
    const tls = this.#values['security.protocol'].endsWith('SSL')
      ? { tls: { ...(await loadTls(this.#host.disk, this.#values)), serverName: address.host } }
      : {};
    if (this.#socketFactory === undefined) {
      const open = (at: SocketAddress, signal: AbortSignal) =>
        this.#host.network.connect(at, { ...limits, signal, ...tls });
      return addresses.connect(open, limits.signal);
    }
    const socket = await this.#socketFactory(address, limits);
    return connectionOver(socket, { address, ...limits, ...tls });
  }

  /** Whether brokers get a certificate of this client, if they ask for one. */
  get showsCertificate(): boolean {
    const values = this.#values;
    const hasOne = values['ssl.keystore.key'] !== '' || values['ssl.keystore.location'] !== '';
    return hasOne && values['security.protocol'].endsWith('SSL');
  }

  /** What it has to do with the certificate of this client that the broker ended a connection at its beginning. */
  async silentRefusal(
    address: SocketAddress,
    error: unknown,
  ): Promise<TlsError | ConnectionError | undefined> {
    const own = await loadTls(this.#host.disk, this.#values);
    return silentRefusal(address, own, error, this.#host.clock.nowMs());
  }

  /** SASL, if there is to be any. @throws AuthenticationError */
  async authenticate(
    connection: BrokerConnection,
    versions: BrokerVersions,
    limits: ConnectLimits,
  ): Promise<void> {
    await this.#authenticator?.authenticate(connection, versions, limits);
  }
}
