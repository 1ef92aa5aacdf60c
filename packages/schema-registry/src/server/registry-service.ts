import type { Host, Logger } from '@millrace/host';
import type { SchemaFormat } from '../format/schema-format.ts';
import { LeaderElection, type Leadership } from '../election/leader-election.ts';
import type { RegistryIdentity } from '../election/registry-identity.ts';
import { ParsedSchemas } from '../registry/parsed-schemas.ts';
import type { RegistryRecord } from '../registry/registry-record.ts';
import { RegistryState } from '../registry/registry-state.ts';
import type { Decision, RegistryView } from '../registry/registry-view.ts';
import { RestError } from '../registry/rest-error.ts';
import { SchemasLog } from '../storage/schemas-log.ts';
import type { RegistrySettings } from './registry-settings.ts';

export interface RegistryServiceOptions {
  readonly settings: RegistrySettings;
  readonly formats: readonly SchemaFormat[];
  readonly host: Host;
  readonly logger: Logger;
}

/** The outcome of a write: its answer, and how far one has to read to see it. */
export interface WriteOutcome<Answer> {
  readonly answer: Answer;
  /** The last offset applied. */
  readonly offset: number;
}

/**
 * The registry without HTTP: its state as the log gives it, and writes, one after the other, on the instance that leads.
 */
export class RegistryService {
  readonly view: RegistryView;
  readonly #settings: RegistrySettings;
  readonly #host: Host;
  readonly #logger: Logger;
  #log!: SchemasLog;
  #election: LeaderElection | undefined;
  #leadership: Leadership = { kind: 'none' };
  /** A write has failed, or leadership is new: what the log ends with is not known until a barrier has passed. */
  #needsBarrier = true;
  #lastWrite: Promise<unknown> = Promise.resolve();
  #kafkaClusterId = '';
  readonly #elected = Promise.withResolvers<void>();

  private constructor({ settings, formats, host, logger }: RegistryServiceOptions) {
    const { values, compatibilityLevel } = settings;
    this.#settings = settings;
    this.#host = host;
    this.#logger = logger;
    this.view = {
      state: new RegistryState(),
      schemas: new ParsedSchemas({
        formats,
        maxSchemas: values['schema.cache.size'],
        strictReferences: values['reference.versions.strict'],
      }),
      defaults: {
        compatibilityLevel,
        validateFields: values['schema.validate.fields'],
        validateNewSchemas: values['schema.validate.new.schemas'],
      },
      isModeMutable: values['mode.mutability'],
    };
  }

  /** Reads the whole topic first. Reads are answered from then on, writes after {@link joinElection}. */
  static async open(options: RegistryServiceOptions): Promise<RegistryService> {
    const service = new RegistryService(options);
    const { values, client } = options.settings;
    service.#log = await SchemasLog.open({
      host: options.host,
      logger: options.logger,
      client,
      topic: values['kafkastore.topic'],
      replicationFactor: values['kafkastore.topic.replication.factor'],
      skipsValidation: values['kafkastore.topic.skip.validation'],
      initTimeoutMs: values['kafkastore.init.timeout.ms'],
      timeoutMs: values['kafkastore.timeout.ms'],
      onRecord: (record) => service.#apply(record),
    });
    service.#kafkaClusterId = await service.#log.clusterId();
    return service;
  }

  get kafkaClusterId(): string {
    return this.#kafkaClusterId;
  }

  get leadership(): Leadership {
    return this.#leadership;
  }

  /** The last offset that was applied. */
  get appliedOffset(): number {
    return this.#log.appliedOffset;
  }

  /**
   * Resolves when it is known who leads, or that nobody does.
   * @param identity how the others reach this instance, which listens by now
   */
  async joinElection(identity: RegistryIdentity): Promise<void> {
    const { values, client } = this.#settings;
    this.#election = new LeaderElection({
      host: this.#host,
      logger: this.#logger,
      properties: {
        ...client,
        'group.id': values['schema.registry.group.id'],
        'session.timeout.ms': values['kafkagroup.session.timeout.ms'],
        'heartbeat.interval.ms': values['kafkagroup.heartbeat.interval.ms'],
        'rebalance.timeout.ms': values['kafkagroup.rebalance.timeout.ms'],
      },
      identity,
      isSticky: values['leader.election.sticky'],
      onLeadership: (leadership) => this.#onLeadership(leadership),
    });
    this.#election.start();
    await this.#firstElection(values['kafkastore.init.timeout.ms']);
  }

  async #firstElection(timeoutMs: number): Promise<void> {
    const timer = this.#host.timers.schedule(timeoutMs, () => {
      this.#elected.reject(
        new RestError('TIMED_OUT', `No election within ${timeoutMs} ms (kafkastore.init.timeout.ms)`),
      );
    });
    try {
      await this.#elected.promise;
    } finally {
      timer.cancel();
    }
  }

  /**
   * Decides on everything that was written before, writes the outcome, and answers when it is applied here.
   * @throws RestError, from the decision, or LEADER_UNKNOWN, STORE_FAILED, TIMED_OUT, SCHEMA_TOO_LARGE
   */
  write<Answer>(decide: (view: RegistryView) => Decision<Answer>): Promise<WriteOutcome<Answer>> {
    const write = this.#lastWrite.then(() => this.#write(decide));
    this.#lastWrite = write.catch(() => {});
    return write;
  }

  /** Waits until this instance has read what another one has written. @throws RestError TIMED_OUT */
  async catchUp(offset: number): Promise<void> {
    await this.#log.applied(offset, this.#settings.values['kafkastore.timeout.ms']);
  }

  async close(): Promise<void> {
    await this.#election?.close();
    await this.#lastWrite;
    await this.#log.close();
  }

  async #write<Answer>(decide: (view: RegistryView) => Decision<Answer>): Promise<WriteOutcome<Answer>> {
    this.#checkLeads();
    if (this.#needsBarrier) await this.#passBarrier();
    this.#checkLeads();
    const decision = decide(this.view);
    if (decision.writes.length > 0) {
      this.#needsBarrier = true;
      await this.#log.append(decision.writes);
      this.#needsBarrier = false;
    }
    return { answer: decision.answer(this.view.state), offset: this.#log.appliedOffset };
  }

  #checkLeads(): void {
    if (this.#leadership.kind !== 'self') {
      throw new RestError('LEADER_UNKNOWN', 'Leader not known: this instance does not lead at the moment');
    }
  }

  async #passBarrier(): Promise<void> {
    await this.#log.barrier();
    this.#needsBarrier = false;
  }

  #onLeadership(leadership: Leadership): void {
    this.#leadership = leadership;
    this.#logger.info('leadership of the schema registry', { ...leadership });
    this.#elected.resolve();
    if (leadership.kind !== 'self') return;
    // 1. Another instance leads, and has sent a write that is not in the log yet.
    // 2. The group elects this one, because the other one is slow.
    // 3. The write of step 1 lands.
    // Without a barrier here, ids of step 1 could be given out again.
    this.#needsBarrier = true;
    this.#lastWrite = this.#lastWrite.then(() =>
      this.#passBarrier().catch((error: unknown) => {
        this.#logger.warn('the new leader has not read to the end yet, the next write will', { error });
      }),
    );
  }

  #apply(record: RegistryRecord): void {
    const before = this.view.state.apply(record);
    const makesRoom = record.type === 'SCHEMA' ? record.value === null : record.type === 'CLEAR_SUBJECT';
    if (makesRoom) this.view.schemas.clear();
    if (before === undefined) return;
    this.#logger.error('a record gives an id to another schema than it has; it is left out', {
      key: record.key,
    });
    if (this.#leadership.kind !== 'self') return;
    this.#log.append([before]).catch((error: unknown) => {
      this.#logger.error('the record that was left out could not be taken back', { error });
    });
  }
}
