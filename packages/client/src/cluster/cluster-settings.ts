import type { Host, Logger } from '@millrace/host';
import type { ClientInstruments } from '../observability/client-instruments.ts';
import type { ConnectionSecurity } from '../security/connection-security.ts';

/** What every connection, lookup and retry of one client goes by; made from Kafka properties by each client. */
export interface ClusterSettings {
  readonly host: Host;
  readonly logger: Logger;
  /** Names the client in errors: `Producer`, `Consumer`, `Admin`. */
  readonly clientName: string;
  /** Default: neither TLS nor SASL. */
  readonly security?: ConnectionSecurity;
  /** Metrics, channels and whoever else listens. Default: nobody. */
  readonly instruments?: ClientInstruments;
  /** `enable.metrics.push`. Default false. */
  readonly pushesMetrics?: boolean;
  readonly clientId: string | null;
  /** Each address of a bootstrap name is a broker of its own, known by its canonical name. Default false. */
  readonly usesCanonicalNames?: boolean;
  readonly bootstrapServers: readonly string[];
  readonly requestTimeoutMs: number;
  readonly connectionSetupTimeoutMs: number;
  readonly connectionSetupTimeoutMaxMs: number;
  readonly connectionsMaxIdleMs: number;
  readonly reconnectBackoffMs: number;
  readonly reconnectBackoffMaxMs: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly metadataMaxAgeMs: number;
  /** Topics nobody used for this long are no longer asked for. `Infinity` for consumers. */
  readonly metadataMaxIdleMs: number;
  readonly rebootstrap: boolean;
  readonly rebootstrapTriggerMs: number;
  readonly maxInFlightPerConnection: number;
  readonly maxResponseBytes: number;
  readonly allowAutoTopicCreation: boolean;
}

/** A broker that says something sooner is not late, however short the back-off is: a busy one is not asked twice. */
const LEAST_LATE_MS = 200;

/** Milliseconds without a word from a broker after which another one is asked besides. */
export function lateAfterMs({ retryBackoffMaxMs }: ClusterSettings): number {
  return Math.max(retryBackoffMaxMs, LEAST_LATE_MS);
}
