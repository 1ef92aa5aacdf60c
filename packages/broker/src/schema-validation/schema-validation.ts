import type { Clock } from '@millrace/host';
import { InvalidRecordsError } from '@millrace/log';
import { LazyRecords, RecordBatch } from '@millrace/protocol';
import { RegisteredSubjects } from './registered-subjects.ts';
import { schemaMarkOf, type SchemaMark } from './schema-mark.ts';
import { validatedNaming, type SchemaPart, type SubjectNaming } from './schema-validation-properties.ts';

interface Demand {
  readonly part: SchemaPart;
  readonly naming: SubjectNaming;
}

interface TopicDemand extends Demand {
  readonly topic: string;
}

/** In place of the id of records that have none. */
const NO_MARK = '';

interface Refusal {
  readonly batchIndex: number;
  readonly message: string;
}

/** Refuses records whose schema is not registered for their topic, where the topic asks for that. */
export class SchemaValidation {
  readonly #urls: () => readonly string[];
  readonly #subjects: RegisteredSubjects;

  constructor(urls: () => readonly string[], clock: Clock) {
    this.#urls = urls;
    this.#subjects = new RegisteredSubjects(clock);
  }

  /**
   * Checks a batch before it is appended: nothing of it is, if a record is refused.
   * @param overrides the configuration of the topic
   * @returns undefined where the topic does not ask for it: most do not, and pay for two lookups
   * @throws InvalidRecordsError with each record that has no schema, or one of another subject; as rejections
   */
  check(topic: string, overrides: ReadonlyMap<string, string>, records: Buffer): Promise<void> | undefined {
    const demands = demandsOf(overrides);
    return demands.length === 0 ? undefined : this.#check(topic, demands, records);
  }

  async #check(topic: string, demands: readonly Demand[], records: Buffer): Promise<void> {
    const urls = this.#urls();
    if (urls.length === 0) {
      throw new InvalidRecordsError(
        'INVALID_RECORD',
        `Topic ${topic} validates schemas, but this broker has no confluent.schema.registry.url`,
      );
    }
    const batch = new RecordBatch(records);
    if (batch.isControl) return;
    const refused: Refusal[] = [];
    for (const demand of demands) {
      refused.push(...(await this.#refusals(batch, urls, { topic, ...demand })));
    }
    if (refused.length === 0) return;
    const message = `${refused[0]!.message} (${refused.length} times in a batch of ${batch.recordCount} records)`;
    throw new InvalidRecordsError('INVALID_RECORD', message, refused);
  }

  async #refusals(batch: RecordBatch, urls: readonly string[], demand: TopicDemand): Promise<Refusal[]> {
    const { part } = demand;
    const refused: Refusal[] = [];
    // Records of a batch share few schemas: each is judged once, and waited for only where it is not known yet.
    const verdicts = new Map<number | string, boolean>();
    let batchIndex = -1;
    for (const record of new LazyRecords(batch)) {
      batchIndex++;
      // A tombstone, or a record without key, has nothing that a schema could describe.
      if (record[part] === null) continue;
      const mark = schemaMarkOf(record, part);
      const key = mark === undefined ? NO_MARK : mark.kind === 'id' ? mark.id : mark.guid;
      let isGood = verdicts.get(key);
      if (isGood === undefined) {
        isGood = mark !== undefined && (await this.#isRegistered(urls, mark, demand));
        verdicts.set(key, isGood);
      }
      if (!isGood) refused.push({ batchIndex, message: reason(demand, mark) });
    }
    return refused;
  }

  #isRegistered(urls: readonly string[], mark: SchemaMark, demand: TopicDemand): boolean | Promise<boolean> {
    return this.#subjects.has(urls, mark, (subject) => isSubjectOf(subject, demand));
  }
}

function demandsOf(overrides: ReadonlyMap<string, string>): Demand[] {
  if (overrides.size === 0) return [];
  return (['key', 'value'] as const).flatMap((part) => {
    const naming = validatedNaming(overrides, part);
    return naming === undefined ? [] : [{ part, naming }];
  });
}

/** Names of records are inside the schemas, which a broker does not read: with them, any subject of that form will do. */
function isSubjectOf(subject: string, { topic, part, naming }: TopicDemand): boolean {
  switch (naming) {
    case 'topic':
      return subject === `${topic}-${part}`;
    case 'topic-record':
      return subject.startsWith(`${topic}-`);
    case 'record':
      return true;
  }
}

function reason({ topic, part }: TopicDemand, mark: SchemaMark | undefined): string {
  if (mark === undefined)
    return `The ${part} does not begin with the id of a schema, which topic ${topic} asks for`;
  const schema = mark.kind === 'id' ? `id ${mark.id}` : `GUID ${mark.guid}`;
  return `The schema of the ${part}, ${schema}, is not registered for topic ${topic}`;
}
