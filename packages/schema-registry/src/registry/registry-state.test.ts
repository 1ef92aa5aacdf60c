import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { avroFormat } from '../avro/index.ts';
import { decideSetConfig } from './decisions/change-config.ts';
import { decideSetMode } from './decisions/change-mode.ts';
import { decideDeleteSubject, decideDeleteVersion } from './decisions/delete-version.ts';
import { decideRegister } from './decisions/register.ts';
import { ParsedSchemas } from './parsed-schemas.ts';
import { readRecord } from './read-record.ts';
import type { RegistryRecord, RegistryWrite, SchemaValue } from './registry-record.ts';
import { RegistryState } from './registry-state.ts';
import type { Decision, RegistryView } from './registry-view.ts';
import { RestError } from './rest-error.ts';
import { readSchemaRequest } from './schema-request.ts';
import { writeRecord } from './write-record.ts';

function emptyView(): RegistryView {
  return {
    state: new RegistryState(),
    schemas: new ParsedSchemas({ formats: [avroFormat], maxSchemas: 8, strictReferences: false }),
    defaults: { compatibilityLevel: 'NONE', validateFields: false, validateNewSchemas: true },
    isModeMutable: true,
  };
}

type Command = (view: RegistryView) => Decision<unknown>;

/** A log as an array of bytes, and the state that follows it. */
class Journal {
  readonly view = emptyView();
  readonly log: { key: string; value: string | null }[] = [];

  run(command: Command): number {
    try {
      const decision = command(this.view);
      for (const write of decision.writes) this.append(write);
      decision.answer(this.view.state);
      return 200;
    } catch (error) {
      if (error instanceof RestError) return error.errorCode;
      throw error;
    }
  }

  append(write: RegistryWrite): RegistryWrite | undefined {
    const bytes = writeRecord(write);
    this.log.push(bytes);
    if (write.type === 'SCHEMA' && write.value === null) this.view.schemas.clear();
    return this.view.state.apply(read(bytes, this.log.length));
  }
}

function read({ key, value }: { key: string; value: string | null }, timestampMs: number): RegistryRecord {
  return readRecord({
    key: Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    timestampMs,
  })!;
}

function replay(log: readonly ({ key: string; value: string | null } | undefined)[]): RegistryState {
  const state = new RegistryState();
  for (const [index, bytes] of log.entries()) if (bytes !== undefined) state.apply(read(bytes, index + 1));
  return state;
}

/** The last record of each key stays where it is, as compaction leaves it. */
function compact(log: readonly { key: string; value: string | null }[]) {
  const last = new Map(log.map(({ key }, index) => [key, index]));
  return log.map((bytes, index) => (last.get(bytes.key) === index ? bytes : undefined));
}

function picture(state: RegistryState) {
  const subjects = [...state.schemas.subjects()].toSorted();
  return {
    schemas: subjects.flatMap((subject) => state.schemas.versions(subject)),
    byId: ['.', '.prod'].map((context) =>
      Array.from({ length: 40 }, (_, id) =>
        state.schemas
          .withId(context, id)
          .map(({ subject, version }) => `${subject} ${version}`)
          .toSorted(),
      ),
    ),
    referrers: subjects.flatMap((subject) =>
      state.schemas
        .versions(subject)
        .map(({ version }) => [...state.schemas.referrers(subject, version)].length),
    ),
    contexts: state.contexts(),
    configs: state
      .subjectsWithConfig()
      .toSorted()
      .map((subject) => [subject, state.config(subject)]),
    modes: state
      .subjectsWithMode()
      .toSorted()
      .map((subject) => [subject, state.mode(subject)]),
  };
}

const subjects = fc.constantFrom('a', 'b', ':.prod:a');
const schemas = fc.constantFrom('"int"', '"long"', '"string"', '{"type":"enum","name":"E","symbols":["A"]}');
const flags = fc.boolean();

const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(subjects, schemas).map(
      ([subject, schema]): Command =>
        (view) =>
          decideRegister(view, subject, readSchemaRequest({ schema }), { normalize: false, force: false }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(subjects, subjects).map(
      ([subject, target]): Command =>
        (view) =>
          decideRegister(
            view,
            subject,
            readSchemaRequest({
              schema: '"bytes"',
              references: [{ name: 'E', subject: target, version: -1 }],
            }),
            { normalize: false, force: false },
          ),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(subjects, fc.integer({ min: -1, max: 4 }), flags).map(
      ([subject, version, permanent]): Command =>
        (view) =>
          decideDeleteVersion(view, subject, version || 1, { permanent }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(subjects, flags).map(
      ([subject, permanent]): Command =>
        (view) =>
          decideDeleteSubject(view, subject, { permanent }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(subjects, fc.constantFrom('IMPORT', 'READWRITE', null)).map(
      ([scope, mode]): Command =>
        (view) =>
          decideSetMode(view, scope, mode, { force: false }),
    ),
  },
  {
    weight: 1,
    arbitrary: subjects.map(
      (scope): Command =>
        (view) =>
          decideSetConfig(view, scope, { set: { compatibilityLevel: 'NONE' }, clear: [] }),
    ),
  },
);

describe('the state', () => {
  test('is the same when the log is read again', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), (list) => {
        const journal = new Journal();
        for (const command of list) journal.run(command);
        expect(picture(replay(journal.log))).toEqual(picture(journal.view.state));
      }),
      { numRuns: 150, seed: 20_261_121 },
    );
  });

  test('is the same after compaction, but for the times of soft deletes', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), (list) => {
        const journal = new Journal();
        for (const command of list) journal.run(command);
        const timeless = (state: RegistryState) => JSON.parse(JSON.stringify(picture(state), withoutTimes));
        expect(timeless(replay(compact(journal.log)))).toEqual(timeless(journal.view.state));
      }),
      { numRuns: 150, seed: 20_261_122 },
    );
  });

  test('never gives an id to two texts, nor a version twice', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 60 }), (list) => {
        const journal = new Journal();
        const texts = new Map<string, string>();
        for (const command of list) {
          journal.run(command);
          for (const { subject, id, schema } of picture(journal.view.state).schemas) {
            const key = `${subject.startsWith(':') ? '.prod' : '.'} ${id}`;
            expect(texts.get(key) ?? schema).toBe(schema);
            texts.set(key, schema);
          }
        }
      }),
      { numRuns: 100, seed: 20_261_123 },
    );
  });
});

function withoutTimes(name: string, value: unknown): unknown {
  return name === 'timestampMs' ? undefined : value;
}

describe('a record that contradicts an earlier one', () => {
  const value = (subject: string, version: number, schema: string): SchemaValue => ({
    subject,
    version,
    id: 1,
    schemaType: 'AVRO',
    references: [],
    schema,
    deleted: false,
  });
  const put = (schema: SchemaValue): RegistryWrite => ({
    type: 'SCHEMA',
    key: { subject: schema.subject, version: schema.version },
    value: schema,
  });

  test('is left out, and what was there before is handed back', () => {
    const journal = new Journal();
    expect(journal.append(put(value('a', 1, '"int"')))).toBeUndefined();
    expect(journal.append(put(value('b', 1, '"long"')))).toMatchObject({ type: 'SCHEMA', value: null });
    expect(journal.append(put(value('a', 1, '"long"')))).toMatchObject({ value: { schema: '"int"' } });
    expect(journal.view.state.schemas.latest('b')).toBeUndefined();
    expect(journal.view.state.schemas.latest('a')?.schema).toBe('"int"');
  });

  test('does not count in another context', () => {
    const journal = new Journal();
    journal.append(put(value('a', 1, '"int"')));
    expect(journal.append(put(value(':.prod:a', 1, '"long"')))).toBeUndefined();
    expect(journal.view.state.schemas.latest(':.prod:a')?.schema).toBe('"long"');
  });
});

test('schemas that refer to each other in a circle are refused, not followed', () => {
  const journal = new Journal();
  const value = (subject: string, target: string, id: number): SchemaValue => ({
    subject,
    version: 1,
    id,
    schemaType: 'AVRO',
    references: [{ name: 'X', subject: target, version: 1 }],
    schema: '"string"',
    deleted: false,
  });
  for (const one of [value('a', 'b', 1), value('b', 'a', 1)]) {
    journal.append({ type: 'SCHEMA', key: { subject: one.subject, version: 1 }, value: one });
  }
  const { state, schemas: parsed } = journal.view;
  expect(() => parsed.stored(state, state.schemas.latest('a')!)).toThrow(
    'Schemas refer to each other in a circle: a 1 -> b 1 -> a 1',
  );
});
