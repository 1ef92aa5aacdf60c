import type { Clock, Logger, Timers } from '@millrace/host';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { messageOf } from '../../errors.ts';
import {
  AuthenticationError,
  NO_BYTES,
  type AuthenticatedUser,
  type SaslExchange,
  type SaslMechanism,
} from './sasl-mechanism.ts';

/** Re-authentication costs hashes and lookups; a peer gets them once in this time. */
const MIN_REAUTHENTICATION_INTERVAL_MS = 1000;

/** What all sessions of a listener go by. */
export interface SaslSettings {
  /** By name, in the order in which they are offered. */
  readonly mechanisms: ReadonlyMap<string, SaslMechanism>;
  /** `connections.max.reauth.ms` of a mechanism; 0: no limit. */
  readonly maxReauthMs: (mechanism: string) => number;
  readonly failureDelayMs: () => number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface SaslHandshakeResult {
  readonly errorCode: number;
  readonly mechanisms: readonly string[];
}

export interface SaslAuthenticateResult {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly authBytes: Buffer;
  readonly sessionLifetimeMs: number;
}

/** An exchange that has begun and not ended. */
interface Running {
  readonly mechanism: string;
  readonly exchange: SaslExchange;
  /** SaslHandshake 0: tokens come without a Kafka header. */
  readonly isRaw: boolean;
}

/** Who the peer is, and until when that holds. */
interface Authenticated {
  readonly mechanism: string;
  readonly userName: string;
  readonly expiresAtMonotonicMs: number | undefined;
}

/**
 * The authentication of one connection: nothing but ApiVersions is served before it, nothing after it has expired, and
 * after a failure nothing at all.
 *
 * A session of limited length (KIP-368) is renewed on the same connection; whoever it belongs to stays the same.
 */
export class SaslSession {
  readonly #settings: SaslSettings;
  readonly #place: Readonly<Record<string, unknown>>;
  #running: Running | undefined;
  #authenticated: Authenticated | undefined;
  #renewalBeganMs = -Infinity;
  #hasFailed = false;

  /** @param place Says in the log which connection it is. */
  constructor(settings: SaslSettings, place: Readonly<Record<string, unknown>>) {
    this.#settings = settings;
    this.#place = place;
  }

  /** `User:<name>`; `undefined` before the first authentication has succeeded. */
  get principal(): string | undefined {
    return this.#authenticated === undefined ? undefined : `User:${this.#authenticated.userName}`;
  }

  /** The connection is to be closed once the answer is sent. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  get isRawTokenNext(): boolean {
    return this.#running?.isRaw === true;
  }

  /** Why a request must not be served now; `undefined` if it may. */
  refusalOf(apiKey: number): string | undefined {
    if (this.#hasFailed) return 'authentication has failed';
    if (apiKey === ApiKey.SASL_AUTHENTICATE || apiKey === ApiKey.SASL_HANDSHAKE) return undefined;
    if (this.#authenticated === undefined) {
      return apiKey === ApiKey.API_VERSIONS ? undefined : 'the peer has not authenticated';
    }
    if (this.#running !== undefined) return 'the peer is in the middle of authenticating again';
    const { expiresAtMonotonicMs } = this.#authenticated;
    const isExpired =
      expiresAtMonotonicMs !== undefined && this.#settings.clock.monotonicMs() > expiresAtMonotonicMs;
    return isExpired ? 'its session has expired, and it did not authenticate again' : undefined;
  }

  /** SaslHandshake: chooses the mechanism. */
  async begin(mechanismName: string, isRaw: boolean): Promise<SaslHandshakeResult> {
    if (this.#running !== undefined || !this.#mayBegin()) {
      return { errorCode: ErrorCode.ILLEGAL_SASL_STATE, mechanisms: [] };
    }
    const mechanisms = [...this.#settings.mechanisms.keys()];
    const mechanism = this.#settings.mechanisms.get(mechanismName);
    const isChange = this.#authenticated !== undefined && this.#authenticated.mechanism !== mechanismName;
    if (mechanism === undefined || isChange) {
      await this.#fail(mechanismName, 'the mechanism is not offered, or not the one of this connection');
      return { errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM, mechanisms };
    }
    if (this.#authenticated !== undefined) this.#renewalBeganMs = this.#settings.clock.monotonicMs();
    this.#running = { mechanism: mechanismName, exchange: mechanism.begin(), isRaw };
    return { errorCode: ErrorCode.NONE, mechanisms };
  }

  /** A session without an end has nothing to renew. One that ends soon may be renewed at once, and then not too often. */
  #mayBegin(): boolean {
    if (this.#authenticated === undefined) return true;
    if (this.#authenticated.expiresAtMonotonicMs === undefined) return false;
    const sinceMs = this.#settings.clock.monotonicMs() - this.#renewalBeganMs;
    return sinceMs >= MIN_REAUTHENTICATION_INTERVAL_MS;
  }

  /** SaslAuthenticate: one token. */
  async authenticate(token: Buffer): Promise<SaslAuthenticateResult> {
    const running = this.#running;
    if (running === undefined) {
      return refused(
        ErrorCode.ILLEGAL_SASL_STATE,
        'SaslAuthenticate request received without a SaslHandshake before it',
      );
    }
    try {
      const { challenge, user } = await running.exchange.respond(token);
      const sessionLifetimeMs = user === undefined ? 0 : this.#succeed(running, user);
      return { errorCode: ErrorCode.NONE, errorMessage: null, authBytes: challenge, sessionLifetimeMs };
    } catch (error) {
      const isKnown = error instanceof AuthenticationError;
      await this.#fail(running.mechanism, messageOf(error));
      const message = isKnown ? error.message : 'Authentication failed';
      return refused(ErrorCode.SASL_AUTHENTICATION_FAILED, message);
    }
  }

  #succeed({ mechanism }: Running, { userName, expiresAtMs }: AuthenticatedUser): number {
    const before = this.#authenticated;
    if (before !== undefined && before.userName !== userName) {
      throw new AuthenticationError('Cannot change principals during re-authentication');
    }
    const { clock, maxReauthMs, logger } = this.#settings;
    const limits = [
      ...(maxReauthMs(mechanism) === 0 ? [] : [maxReauthMs(mechanism)]),
      ...(expiresAtMs === undefined ? [] : [Math.max(1, expiresAtMs - clock.nowMs())]),
    ];
    const lifetimeMs = limits.length === 0 ? undefined : Math.min(...limits);
    const expiresAtMonotonicMs = lifetimeMs === undefined ? undefined : clock.monotonicMs() + lifetimeMs;
    this.#authenticated = { mechanism, userName, expiresAtMonotonicMs };
    this.#running = undefined;
    logger.debug('Peer authenticated', { ...this.#place, mechanism, principal: this.principal });
    return lifetimeMs ?? 0;
  }

  /** Resolves after `connection.failed.authentication.delay.ms`: guessing takes its time. */
  async #fail(mechanism: string, reason: string): Promise<void> {
    const { logger, timers, failureDelayMs } = this.#settings;
    this.#hasFailed = true;
    this.#running = undefined;
    logger.info('Authentication failed', { ...this.#place, mechanism, reason });
    await new Promise<void>((resolve) => {
      timers.schedule(failureDelayMs(), resolve, { background: true });
    });
  }
}

function refused(errorCode: number, errorMessage: string): SaslAuthenticateResult {
  return { errorCode, errorMessage, authBytes: NO_BYTES, sessionLifetimeMs: 0 };
}
