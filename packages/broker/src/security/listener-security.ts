import { parseJaasConfig } from '@millrace/config';
import type { Connection, Host, Logger, TlsServerOptions } from '@millrace/host';
import type { BrokerConfig } from '../config/broker-config.ts';
import {
  listenerProperties,
  listenerProperty,
  type ListenerPropertyValues,
} from '../config/listener-property.ts';
import type { SecuredAddress } from '../config/listeners.ts';
import { UNSIGNED_TOKENS } from '../config/security-properties.ts';
import { InvalidConfigurationError, invariant } from '../errors.ts';
import type { ScramCredentials } from '../metadata/cluster-image.ts';
import type { accessTokenCheck } from './sasl/access-token.ts';
import { oauthBearerMechanism } from './sasl/oauthbearer.ts';
import { plainMechanism } from './sasl/plain.ts';
import type { SaslMechanism } from './sasl/sasl-mechanism.ts';
import { SaslSession, type SaslSettings } from './sasl/sasl-session.ts';
import { scramMechanism } from './sasl/scram.ts';
import { isScramMechanism } from './scram/scram-mechanism.ts';
import { securityProtocols, type SecurityProtocol } from './security-protocol.ts';
import { subjectName } from './tls/distinguished-name.ts';
import { loadTls } from './tls/load-tls.ts';
import { principalMapping } from './tls/principal-mapping.ts';

export const ANONYMOUS = 'User:ANONYMOUS';

/** What listeners need of the node to know their peers. */
export interface ListenerSecurityParts {
  readonly host: Host;
  readonly logger: Logger;
  readonly config: BrokerConfig;
  readonly scramCredentials: () => ScramCredentials;
}

/** Who a new connection belongs to, as far as its transport tells, and what it must do besides. */
export interface PeerIdentity {
  readonly principal: string;
  /** `undefined` where nothing is left to prove. */
  readonly sasl: SaslSession | undefined;
}

/** How one listener is secured: its certificates, its mechanisms, and how peers get their principals. */
export class ListenerSecurity {
  readonly listenerName: string;
  readonly protocol: SecurityProtocol;
  /** What it was opened with; `undefined` without TLS. */
  readonly tls: TlsServerOptions | undefined;
  readonly #parts: ListenerSecurityParts;
  /** Loaded where it is needed: every start would pay for the library behind it. */
  readonly #tokens: typeof accessTokenCheck | undefined;
  readonly #sasl: SaslSettings | undefined;
  readonly #mapping: (name: string) => string | undefined;

  private constructor(
    { name, protocol }: SecuredAddress,
    parts: ListenerSecurityParts,
    tls: TlsServerOptions | undefined,
    tokens: typeof accessTokenCheck | undefined,
  ) {
    this.listenerName = name;
    this.protocol = protocol;
    this.tls = tls;
    this.#tokens = tokens;
    this.#parts = parts;
    this.#mapping = principalMapping(this.properties()['ssl.principal.mapping.rules']);
    this.#sasl = securityProtocols[protocol].usesSasl ? this.#saslSettings() : undefined;
  }

  /** @throws InvalidConfigurationError, InvalidPropertyError */
  static async load(address: SecuredAddress, parts: ListenerSecurityParts): Promise<ListenerSecurity> {
    const values = listenerProperties(parts.config.values, address.name);
    const { usesTls } = securityProtocols[address.protocol];
    const tls = usesTls ? await loadTls(parts.host.disk, address.name, values) : undefined;
    const usesTokens = values['sasl.enabled.mechanisms'].includes('OAUTHBEARER');
    const tokens = usesTokens ? await import('./sasl/access-token.ts') : undefined;
    return new ListenerSecurity(address, parts, tls, tokens?.accessTokenCheck);
  }

  /** Can anybody who reaches the listener use it without saying who he is? */
  get isOpenToAnybody(): boolean {
    return this.#sasl === undefined && this.tls?.clientAuthentication !== 'required';
  }

  /** Largest request that a peer may send before it has authenticated. */
  get maxBytesBefore(): number {
    return listenerProperty(this.#parts.config.values, this.listenerName, 'sasl.server.max.receive.size');
  }

  /** The properties as they are now, dynamic changes included. */
  properties(mechanism?: string): ListenerPropertyValues {
    return listenerProperties(this.#parts.config.values, this.listenerName, mechanism);
  }

  /** @throws Error for a certificate that no rule makes a principal of */
  identify(connection: Connection, connectionId: number): PeerIdentity {
    const certificate = connection.tls?.peerCertificate;
    const name = certificate === undefined ? undefined : subjectName(certificate);
    const mapped = name === undefined ? undefined : this.#mapping(name);
    if (name !== undefined && mapped === undefined) {
      throw new Error(`no rule of ssl.principal.mapping.rules applies to the certificate of ${name}`);
    }
    const remote = `${connection.remote.host}:${connection.remote.port}`;
    const place = { remote, listener: this.listenerName, connection: connectionId };
    return {
      principal: mapped === undefined ? ANONYMOUS : `User:${mapped}`,
      sasl: this.#sasl === undefined ? undefined : new SaslSession(this.#sasl, place),
    };
  }

  #saslSettings(): SaslSettings {
    const { host, logger, config } = this.#parts;
    const names = this.properties()['sasl.enabled.mechanisms'];
    if (names.length === 0) {
      throw new InvalidConfigurationError(
        'sasl.enabled.mechanisms',
        `is empty, but listener ${this.listenerName} is ${this.protocol} and must offer at least one`,
      );
    }
    return {
      mechanisms: new Map(names.map((name) => [name, this.#mechanism(name)])),
      maxReauthMs: (mechanism) => this.properties(mechanism)['connections.max.reauth.ms'],
      failureDelayMs: () => config.values['connection.failed.authentication.delay.ms'],
      clock: host.clock,
      timers: host.timers,
      logger,
    };
  }

  #mechanism(name: string): SaslMechanism {
    const { host, logger, scramCredentials } = this.#parts;
    const values = this.properties(name);
    if (isScramMechanism(name)) {
      return scramMechanism(name, {
        random: host.random.fork('scram-nonce'),
        credentialOf: (userName) => scramCredentials().get(name)?.get(userName),
      });
    }
    if (name === 'PLAIN') return plainMechanism(this.#plainPasswords(values['sasl.jaas.config']));
    invariant(this.#tokens !== undefined, 'the check of access tokens was not loaded');
    if (values['sasl.server.callback.handler.class'] === UNSIGNED_TOKENS) {
      logger.warn('Access tokens need no signature here: anybody may say to be anybody', {
        listener: this.listenerName,
      });
    }
    return oauthBearerMechanism(this.#tokens(values, host), logger);
  }

  #plainPasswords(jaas: string): ReadonlyMap<string, string> {
    const property = `listener.name.${this.listenerName.toLowerCase()}.plain.sasl.jaas.config`;
    if (jaas === '') {
      throw new InvalidConfigurationError(
        property,
        'is not set, but PLAIN needs its users there: PlainLoginModule required user_NAME="password" ...;',
      );
    }
    const passwords = new Map<string, string>();
    for (const [option, value] of parseJaasConfig(jaas, property).options) {
      if (option.startsWith('user_')) passwords.set(option.slice('user_'.length), value);
    }
    return passwords;
  }
}
