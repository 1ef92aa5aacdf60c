import type { Host, Random } from '@millrace/host';
import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import {
  SaslAuthenticateRequest,
  SaslAuthenticateResponse,
} from '@millrace/protocol/messages/sasl-authenticate';
import { SaslHandshakeRequest, SaslHandshakeResponse } from '@millrace/protocol/messages/sasl-handshake';
import { defineApi } from '../cluster/api.ts';
import type { BrokerVersions } from '../cluster/api-versions.ts';
import { formatAddress } from '../cluster/bootstrap-addresses.ts';
import type { BrokerConnection } from '../cluster/broker-connection.ts';
import { AuthenticationError } from '../errors.ts';
import type { ConnectLimits } from './connection-security.ts';
import type { SaslMechanism } from './sasl-mechanism.ts';

const SASL_HANDSHAKE = defineApi(SaslHandshakeRequest, SaslHandshakeResponse);
const SASL_AUTHENTICATE = defineApi(SaslAuthenticateRequest, SaslAuthenticateResponse);
/** Before it, tokens had no Kafka header; no broker of the last years needs that. */
const FIRST_WITH_HEADERS = 1;
/** A session is renewed after this share of its life, plus up to a tenth, so that not all connections do at once. */
const RENEWAL_SHARE = 0.85;
const RENEWAL_SPREAD = 0.1;

/** Authenticates connections by SASL, and again before the session that a broker grants is over (KIP-368). */
export class SaslAuthenticator {
  readonly #random: Random;
  readonly #mechanism: SaslMechanism;

  constructor(host: Host, mechanism: SaslMechanism) {
    this.#random = host.random.fork('sasl-renewal');
    this.#mechanism = mechanism;
  }

  /** @throws AuthenticationError when the broker refuses, or cannot prove who it is */
  async authenticate(
    connection: BrokerConnection,
    versions: BrokerVersions,
    limits: ConnectLimits,
  ): Promise<void> {
    const lifetimeMs = await this.#exchange(connection, versions, limits);
    if (lifetimeMs === 0) return;
    const share = RENEWAL_SHARE + RENEWAL_SPREAD * this.#random.float();
    // Requests of others wait: between its tokens a broker takes nothing else.
    connection.renewSessionAfter(lifetimeMs * share, () => this.authenticate(connection, versions, limits));
  }

  /** @returns how long the session may last, 0 for as long as the connection */
  async #exchange(
    connection: BrokerConnection,
    versions: BrokerVersions,
    { timeoutMs, signal }: ConnectLimits,
  ): Promise<number> {
    const options = { timeoutMs, isAuthentication: true };
    const handshake = await connection.request(
      SASL_HANDSHAKE,
      versions.choose(SASL_HANDSHAKE, { minVersion: FIRST_WITH_HEADERS }),
      { mechanism: this.#mechanism.name },
      options,
    );
    if (handshake.errorCode !== ErrorCode.NONE) {
      const offered = handshake.mechanisms.length === 0 ? 'no SASL' : handshake.mechanisms.join(', ');
      const code = kafkaErrorName(handshake.errorCode);
      throw this.#refused(connection, `the broker answers ${code}; it offers ${offered}`);
    }
    const version = versions.choose(SASL_AUTHENTICATE);
    const exchange = this.#mechanism.begin(signal);
    let token: Buffer | undefined = await exchange.first();
    for (;;) {
      const answer = await connection.request(SASL_AUTHENTICATE, version, { authBytes: token }, options);
      if (answer.errorCode !== ErrorCode.NONE) {
        throw this.#refused(connection, answer.errorMessage ?? kafkaErrorName(answer.errorCode));
      }
      token = await this.#next(connection, () => exchange.next(answer.authBytes));
      if (token === undefined) return answer.sessionLifetimeMs;
    }
  }

  async #next(
    connection: BrokerConnection,
    step: () => Promise<Buffer | undefined>,
  ): Promise<Buffer | undefined> {
    try {
      return await step();
    } catch (cause) {
      throw this.#refused(connection, cause instanceof Error ? cause.message : String(cause));
    }
  }

  #refused(connection: BrokerConnection, problem: string): AuthenticationError {
    return new AuthenticationError(formatAddress(connection.address), this.#mechanism.name, problem);
  }
}
