import type { LogManager } from '@millrace/log';
import type { CoordinatorAvailability } from '../coordinator/coordinator-runtime.ts';
import { BrokerState } from '../metrics/metric-snapshot.ts';

/** The parts of a broker that health is read from. */
export interface HealthSources {
  /** Kafka's number, see `BrokerState`. */
  readonly state: number;
  readonly logs: Pick<LogManager, 'directories'>;
  readonly coordinators: Readonly<Record<string, readonly CoordinatorAvailability[]>>;
}

export interface HealthCheck {
  readonly isOk: boolean;
  /** For a person; there when it is not. */
  readonly reason?: string;
}

export interface Health {
  readonly isReady: boolean;
  readonly checks: Readonly<Record<string, HealthCheck>>;
}

/** May traffic be sent to this node? @param sources `undefined` while it reads its logs */
export function readiness(sources: HealthSources | undefined): Health {
  if (sources === undefined) {
    return { isReady: false, checks: { broker: failed('the log directories are being opened') } };
  }
  const checks: Record<string, HealthCheck> = {
    broker: checkState(sources.state),
    logDirectories: checkDirectories(sources.logs),
  };
  for (const [name, partitions] of Object.entries(sources.coordinators))
    checks[name] = checkCoordinator(partitions);
  return { isReady: Object.values(checks).every(({ isOk }) => isOk), checks };
}

function checkState(state: number): HealthCheck {
  if (state === BrokerState.RUNNING) return { isOk: true };
  return failed(
    state === BrokerState.STARTING ? 'the metadata log is being replayed' : 'the broker is shutting down',
  );
}

function checkDirectories({ directories }: HealthSources['logs']): HealthCheck {
  const offline = directories.filter(({ failure }) => failure !== undefined).map(({ path }) => path);
  return offline.length === 0 ? { isOk: true } : failed(`offline: ${offline.join(', ')}`);
}

function checkCoordinator(partitions: readonly CoordinatorAvailability[]): HealthCheck {
  const loading = partitions.filter((availability) => availability === 'loading').length;
  const unreadable = partitions.filter((availability) => availability === 'failed').length;
  if (loading === 0 && unreadable === 0) return { isOk: true };
  return failed(`of ${partitions.length} partitions ${loading} are loading, ${unreadable} cannot be read`);
}

function failed(reason: string): HealthCheck {
  return { isOk: false, reason };
}
