import { nodeHost } from '@millrace/host';
import { buildBatch, ErrorCode } from '@millrace/protocol';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTopic, produceRequest, RECORD_TIME_MS } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { SchemaValidation } from './schema-validation.ts';

const GUID = '4f33bf48-d05f-5792-d9b4-97941ab511c5';
/** What the registry of the tests knows, by path. */
const answers: Readonly<Record<string, unknown>> = {
  '/schemas/ids/1/subjects': ['orders-value'],
  '/schemas/ids/2/subjects': ['orders-key', 'payments-value'],
  '/schemas/ids/3/subjects': ['orders-shop.Order'],
  [`/schemas/guids/${GUID}/ids`]: [{ context: '.', id: 1 }],
};

let server: Server;
let url: string;
let asked: string[];
let status: number;

beforeEach(async () => {
  asked = [];
  status = 200;
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    response.statusCode = status === 200 && answer === undefined ? 404 : status;
    response.end(JSON.stringify(answer ?? { error_code: 40403, message: 'Schema not found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

type Sample = {
  key?: Buffer | null;
  value: Buffer | null;
  headers?: { key: string; value: Buffer | null }[];
};

const withId = (id: number) => Buffer.from([0, 0, 0, 0, id, 9, 9]);
const guidBytes = Buffer.from(`01${GUID.replaceAll('-', '')}`, 'hex');

function batch(...records: readonly Sample[]): Buffer {
  return buildBatch(
    records.map(({ key = null, value, headers = [] }) => ({
      timestampMs: RECORD_TIME_MS,
      key,
      value,
      headers,
    })),
  );
}

const validated = (...more: readonly (readonly [string, string])[]) =>
  new Map([['confluent.value.schema.validation', 'true'], ...more]);

function validation(): SchemaValidation {
  return new SchemaValidation(() => [url], nodeHost().clock);
}

describe('a topic that validates the schemas of its values', () => {
  const judge = async (...records: readonly Sample[]) =>
    validation().check('orders', validated(), batch(...records));

  test.each<[string, Sample]>([
    ['an id of its subject', { value: withId(1) }],
    ['a GUID of its subject', { value: Buffer.concat([guidBytes, Buffer.from('x')]) }],
    [
      'a GUID in a header',
      { value: Buffer.from('x'), headers: [{ key: '__value_schema_id', value: guidBytes }] },
    ],
    ['nothing, as tombstones do', { value: null }],
  ])('takes records with %s', async (_what, record) => {
    await expect(judge(record)).resolves.toBeUndefined();
  });

  test.each<[string, Sample, string]>([
    [
      'an id of another subject',
      { value: withId(2) },
      'The schema of the value, id 2, is not registered for topic orders',
    ],
    [
      'an id that nobody knows',
      { value: withId(9) },
      'The schema of the value, id 9, is not registered for topic orders',
    ],
    ['no id', { value: Buffer.from('text') }, 'The value does not begin with the id of a schema'],
    ['half an id', { value: Buffer.from([0, 0, 0]) }, 'The value does not begin with the id of a schema'],
    ['an unknown GUID', { value: Buffer.alloc(20, 1) }, 'is not registered for topic orders'],
  ])('refuses records with %s', async (_what, record, message) => {
    const judged = judge({ value: withId(1) }, record);
    await expect(judged).rejects.toMatchObject({ code: 'INVALID_RECORD', recordErrors: [{ batchIndex: 1 }] });
    await expect(judged).rejects.toThrow(message);
  });

  test('asks once about a schema, however many records have it', async () => {
    const one = validation();
    await one.check('orders', validated(), batch({ value: withId(1) }, { value: withId(1) }));
    await one.check('orders', validated(), batch({ value: withId(1) }));
    expect(asked).toEqual(['/schemas/ids/1/subjects']);
  });

  test('asks once when many requests come at the same time', async () => {
    const one = validation();
    await Promise.all(
      [1, 2, 3].map(async () => one.check('orders', validated(), batch({ value: withId(1) }))),
    );
    expect(asked).toHaveLength(1);
  });

  test('lets producers try again while no registry answers', async () => {
    status = 503;
    const judged = validation().check('orders', validated(), batch({ value: withId(1) }));
    await expect(judged).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT', retriable: true });
  });

  test('asks the next registry when one does not answer', async () => {
    const one = new SchemaValidation(() => ['http://127.0.0.1:1', url], nodeHost().clock);
    await expect(one.check('orders', validated(), batch({ value: withId(1) }))).resolves.toBeUndefined();
  });

  test('refuses everything when there is no registry to ask', async () => {
    const one = new SchemaValidation(() => [], nodeHost().clock);
    await expect(one.check('orders', validated(), batch({ value: withId(1) }))).rejects.toThrow(
      'confluent.schema.registry.url',
    );
  });
});

describe('subjects are named', () => {
  const name = (strategy: string) => `io.confluent.kafka.serializers.subject.${strategy}`;

  test.each([
    ['TopicNameStrategy', 3, false],
    ['TopicRecordNameStrategy', 3, true],
    ['TopicRecordNameStrategy', 2, true],
    ['RecordNameStrategy', 2, true],
    ['RecordNameStrategy', 9, false],
  ])('by the %s of the topic: id %i is fine: %s', async (strategy, id, isFine) => {
    const overrides = validated(['confluent.value.subject.name.strategy', name(strategy)]);
    const judged = validation().check('orders', overrides, batch({ value: withId(id) }));
    if (isFine) await expect(judged).resolves.toBeUndefined();
    else await expect(judged).rejects.toMatchObject({ code: 'INVALID_RECORD' });
  });

  test('by the part of the record', async () => {
    const overrides = new Map([['confluent.key.schema.validation', 'true']]);
    const judge = (key: Buffer) =>
      validation().check('orders', overrides, batch({ key, value: Buffer.from('any') }));
    await expect(judge(withId(2))).resolves.toBeUndefined();
    await expect(judge(withId(1))).rejects.toThrow('The schema of the key, id 1, is not registered');
  });
});

test('a topic that does not ask for it is not looked at', () => {
  expect(validation().check('orders', new Map(), Buffer.alloc(0))).toBeUndefined();
  const off = new Map([['confluent.value.schema.validation', 'false']]);
  expect(validation().check('orders', off, Buffer.alloc(0))).toBeUndefined();
});

describe('a broker', () => {
  test('appends what is registered, refuses what is not, and shows the setting', async () => {
    await using broker = await TestBroker.start({ 'confluent.schema.registry.url': url });
    const connection = await broker.connect();
    await createTopic(connection, 'orders', { configs: { 'confluent.value.schema.validation': 'true' } });
    const send = async (records: Buffer) => {
      const { responses } = await connection.send(produceRequest('orders', records, {}));
      return responses[0]!.partitionResponses[0]!;
    };
    expect(await send(batch({ value: withId(1) }))).toMatchObject({ errorCode: 0, baseOffset: 0 });
    expect(await send(batch({ value: withId(1) }, { value: withId(9) }))).toMatchObject({
      errorCode: ErrorCode.INVALID_RECORD,
      recordErrors: [{ batchIndex: 1 }],
    });
    expect(await send(batch({ value: withId(1) }))).toMatchObject({ errorCode: 0, baseOffset: 1 });
  });
});
