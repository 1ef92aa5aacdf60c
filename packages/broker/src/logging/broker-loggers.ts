import type { LogFields, Logger } from '@millrace/host';
import { methodOf, type LogLevel } from './log-level.ts';
import { NamedLogger } from './named-logger.ts';

/** Kafka's name of the logger above all others. */
export const ROOT_LOGGER = 'root';

/**
 * The loggers of a broker, by the names that their counterparts have in Apache Kafka, and what they speak of. One whose
 * name begins with that of another and a dot is below it.
 */
export const loggerNames = {
  kafka: 'everything of the broker that has no logger of its own below',
  'kafka.controller': 'changes of the cluster state',
  'kafka.coordinator.group': 'groups and their members, committed offsets',
  'kafka.coordinator.share': 'what was delivered to share groups',
  'kafka.coordinator.transaction': 'transactional ids, markers',
  'kafka.log': 'log directories: recovery, retention, compaction, damage',
  'kafka.network': 'connections: refused, lost, illegal requests, TLS',
  'kafka.request.logger': 'each request at DEBUG, with its fields at TRACE',
  'kafka.request.slow': 'requests that kept this node busy for long, at WARN',
  'kafka.server': 'start, stop, partitions led, health and metrics endpoint',
} as const;

export type LoggerName = keyof typeof loggerNames;

/** As in the configuration that Kafka comes with: even a broker that tells everything does not log each request. */
const initialLevels: ReadonlyMap<string, LogLevel> = new Map([['kafka.request.logger', 'WARN']]);

/**
 * Gives parts of the broker a logger each, whose level can be changed while it runs. As in Kafka changes are not kept
 * over a restart.
 */
export class BrokerLoggers {
  readonly #base: Logger;
  readonly #levels: Map<string, LogLevel>;
  readonly #loggers = new Map<string, NamedLogger>();
  #isGuarded = false;

  /** @param base takes what passes @param level of the root logger */
  constructor(base: Logger, level: LogLevel) {
    this.#base = base;
    this.#levels = new Map<string, LogLevel>([[ROOT_LOGGER, level], ...initialLevels]);
    for (const name of Object.keys(loggerNames)) {
      const write = (at: LogLevel, message: string, fields: LogFields | undefined): void =>
        this.#write(name, at, message, fields);
      this.#loggers.set(name, new NamedLogger(name, write));
    }
    this.#applyLevels();
  }

  of(name: LoggerName): NamedLogger {
    return this.#loggers.get(name)!;
  }

  has(name: string): boolean {
    return name === ROOT_LOGGER || this.#loggers.has(name);
  }

  /** The level in force for each logger, by name. */
  levels(): ReadonlyMap<string, LogLevel> {
    const names = [ROOT_LOGGER, ...this.#loggers.keys()];
    return new Map(names.map((name) => [name, this.#levelOf(name)]));
  }

  /** @param level `undefined`: as at the start, which for most is the level of the logger above */
  setLevel(name: string, level: LogLevel | undefined): void {
    const wanted = level ?? initialLevels.get(name);
    if (wanted === undefined) this.#levels.delete(name);
    else this.#levels.set(name, wanted);
    this.#applyLevels();
  }

  /**
   * From now on a logger that throws loses its line and does no other harm. Before, it fails the start: whoever gave it
   * learns of it.
   */
  guard(): void {
    this.#isGuarded = true;
  }

  #applyLevels(): void {
    for (const logger of this.#loggers.values()) logger.setThreshold(this.#levelOf(logger.name));
  }

  #levelOf(name: string): LogLevel {
    const own = this.#levels.get(name);
    if (own !== undefined) return own;
    const dot = name.lastIndexOf('.');
    return dot < 0 ? this.#levels.get(ROOT_LOGGER)! : this.#levelOf(name.slice(0, dot));
  }

  #write(name: string, level: LogLevel, message: string, fields: LogFields | undefined): void {
    try {
      this.#base[methodOf(level)](message, { ...fields, logger: name });
    } catch (error) {
      if (!this.#isGuarded) throw error;
    }
  }
}
