import { CertificateAuthority } from '@millrace/test-certificates';
import { get } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestRegistry } from './testing/test-registry.ts';

let registry: TestRegistry;
beforeAll(async () => {
  registry = await TestRegistry.start();
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
});

const nested = (open: string, close: string, levels: number, inside: string) =>
  open.repeat(levels) + inside + close.repeat(levels);

const strange: readonly (readonly [string, string, string])[] = [
  ['Avro nested a thousand times', 'AVRO', nested('{"type":"array","items":', '}', 1000, '"int"')],
  ['JSON Schema nested a thousand times', 'JSON', nested('{"properties":{"a":', '}}', 1000, '{}')],
  ['JSON nested a hundred thousand times', 'JSON', nested('[', ']', 100_000, '')],
  [
    'Protobuf nested a thousand times',
    'PROTOBUF',
    `syntax = "proto3"; ${nested('message A {', '}', 1000, 'int32 a = 1;')}`,
  ],
  ['10 MB of Avro', 'AVRO', `{"type":"enum","name":"E","symbols":["${'A'.repeat(10_000_000)}"]}`],
  ['10 MB of JSON Schema', 'JSON', `{"title":"${'x'.repeat(10_000_000)}"}`],
  [
    '10 MB of Protobuf',
    'PROTOBUF',
    `syntax = "proto3"; // ${'x'.repeat(10_000_000)}\nmessage A { nonsense }`,
  ],
  ['nothing but a bracket', 'AVRO', '{'],
  ['a type of schema that is an object', 'AVRO', '{"type":{}}'],
  ['half a surrogate', 'JSON', '{"title":"\ud800", "type": 5}'],
];

describe('schemas of strangers', () => {
  test.each(strange)(
    '%s: an answer, in time, and nothing registered',
    { timeout: 30_000 },
    async (_what, type, schema) => {
      const answer = await registry.request('POST /subjects/strange/versions', { schemaType: type, schema });
      expect(answer.status).toBe(422);
      expect((answer.body as { error_code: number }).error_code).toBeOneOf([42201, 42209]);
      expect((await registry.request('GET /subjects?deleted=true')).body).toEqual([]);
    },
  );

  test('a body larger than anything is refused before it is read', async () => {
    const send = registry.request('POST /subjects/a/versions', 'x'.repeat(65 * 1024 * 1024));
    await expect(send.then(({ status }) => status)).resolves.toBe(413);
  });

  test('a body that is nested deeply and is no schema is refused', async () => {
    const body = `{"schema":${nested('[', ']', 50_000, '')}}`;
    expect((await registry.request('POST /subjects/a/versions', body)).body).toMatchObject({
      error_code: 42201,
    });
  });

  test.each([
    ['half a character', 'GET /subjects/%E0%A4%A/versions'],
    ['a control character', 'GET /subjects/%00/versions'],
    ['a path in a subject', 'GET /subjects/..%2F..%2Fetc/versions'],
    ['an id that is no whole number', 'GET /schemas/ids/1e3'],
    ['an id that is too large', 'GET /schemas/ids/99999999999999999999'],
    ['a subject of 5000 characters', `GET /subjects/${'x'.repeat(5000)}/versions`],
  ])('an address with %s is answered with an error of the API', async (_what, line) => {
    const answer = await registry.request(line);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).toMatchObject({ error_code: expect.any(Number), message: expect.any(String) });
  });
});

describe('a listener', () => {
  test('with BASIC authentication asks for user and password', async () => {
    const options = {
      authenticate: (user: string, password: string) => user === 'ann' && password === 'p:w',
    };
    await using secured = await TestRegistry.start({ 'authentication.method': 'BASIC' }, options);
    expect((await secured.request('GET /subjects')).body).toMatchObject({ error_code: 401 });
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    expect((await secured.request('GET /subjects', undefined, basic('ann:wrong'))).status).toBe(401);
    expect((await secured.request('GET /subjects', undefined, basic('ann:p:w'))).body).toEqual([]);
  });

  test.each([
    [{ listeners: '127.0.0.1:8081' }, 'write http://host:port'],
    [{ listeners: 'https://127.0.0.1:0' }, 'needs ssl.keystore.certificate.chain and ssl.keystore.key'],
    [{ 'schema.compatibility.level': 'SOMETIMES' }, 'is "SOMETIMES", but must be one of NONE, BACKWARD'],
  ])('of %o is refused', async (properties, message) => {
    await expect(TestRegistry.start(properties)).rejects.toThrow(message);
  });
});

describe('a listener with https', () => {
  test('answers those who trust its certificate', async () => {
    const authority = new CertificateAuthority('Test');
    const { certificate, key } = authority.issue({ subject: [['CN', 'registry']] });
    await using secured = await TestRegistry.start({
      listeners: 'https://127.0.0.1:0',
      'ssl.keystore.certificate.chain': certificate,
      'ssl.keystore.key': key,
    });
    expect(secured.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const status = await new Promise((resolve, reject) => {
      get(`${secured.url}/subjects`, { ca: authority.certificate, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
    expect(status).toBe(200);
    await expect(secured.request('GET /subjects')).rejects.toThrow('fetch failed');
  });
});
