import { Broker } from '@millrace/broker';
import { memoryHost, type Host } from '@millrace/host';
import { startSchemaRegistry, type SchemaRegistryServer } from '@millrace/schema-registry/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand, type CommandResult } from '../testing/run-command.ts';

let host: Host;
let broker: Broker;
let registry: SchemaRegistryServer;

beforeAll(async () => {
  host = memoryHost();
  const quick = { 'group.initial.rebalance.delay.ms': '0', 'offsets.topic.num.partitions': '1' };
  broker = await Broker.start(
    { listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': '/data', ...quick },
    { host },
  );
  registry = await startSchemaRegistry({
    listeners: 'http://127.0.0.1:0',
    'kafkastore.bootstrap.servers': `127.0.0.1:${broker.address.port}`,
    'kafkastore.topic.replication.factor': 1,
  });
});

afterAll(async () => {
  await registry.close();
  await broker.close();
});

const order = (more: object = {}) => ({
  title: 'Order',
  type: 'object',
  properties: { id: { type: 'integer' }, ...more },
  required: ['id'],
  additionalProperties: false,
});

function millrace(...parameters: string[]): Promise<CommandResult> {
  return runCommand(['schema', ...parameters], { host });
}

/** For commands that talk to the registry. */
function withRegistry(...parameters: string[]): Promise<CommandResult> {
  return millrace(...parameters, '--registry', registry.url);
}

async function file(path: string, content: unknown): Promise<string> {
  await host.disk.makeDirectory(path.slice(0, path.lastIndexOf('/')));
  await host.disk.writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('with a registry', () => {
  test('a schema is registered, listed, printed, compared, tried and deleted', async () => {
    const first = await file('/files/order.json', order());
    const second = await file('/files/order-2.json', order({ note: { type: 'string' } }));
    const third = await file('/files/order-3.json', order({ id: { type: 'string' } }));
    expect(await withRegistry('register', 'orders-value', first)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Registered orders-value as version 1 with id \d+\n$/),
    });
    const registered = await withRegistry('register', 'orders-value', second, '--output', 'json');
    expect(JSON.parse(registered.stdout)).toMatchObject({ subject: 'orders-value', version: 2 });
    expect(await withRegistry('register', 'orders-value', third)).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('TYPE_CHANGED'),
    });

    expect((await withRegistry('list')).stdout).toMatch(/^subject +versions +latest\norders-value +2 +2\n/);
    expect((await withRegistry('list', 'orders-value')).stdout).toMatch(
      /^version +id +type +references\n +1 +\d+ +JSON\n +2 +\d+ +JSON\n/,
    );
    expect(JSON.parse((await withRegistry('get', 'orders-value', '1')).stdout)).toEqual(order());
    expect((await withRegistry('get', 'nobody')).exitCode).toBe(3);
    expect((await withRegistry('get', 'orders-value', 'zero')).exitCode).toBe(2);

    expect((await withRegistry('compat', 'orders-value', '--level', 'FULL')).stdout).toBe(
      'orders-value: FULL\n',
    );
    expect((await withRegistry('compat')).stdout).toBe('All subjects: BACKWARD\n');
    expect((await withRegistry('compat', 'orders-value', '--file', third)).exitCode).toBe(1);
    expect((await withRegistry('compat', 'orders-value', '--file', second)).exitCode).toBe(0);
    expect((await withRegistry('compat', 'orders-value', '--unset')).stdout).toBe('orders-value: BACKWARD\n');

    expect((await withRegistry('delete', 'orders-value', '1')).exitCode).toBe(4);
    expect((await withRegistry('delete', 'orders-value', '1', '--yes')).stdout).toBe(
      'Deleted version 1 of orders-value softly\n',
    );
    expect((await withRegistry('delete', 'orders-value', '--yes')).stdout).toBe(
      'Deleted version 2 of orders-value softly\n',
    );
    expect((await withRegistry('delete', 'orders-value', '--permanent', '--yes')).stdout).toContain(
      'version 1, version 2',
    );
  });

  test('two versions stand side by side, with what each means to the other', async () => {
    await withRegistry(
      'register',
      'diffed',
      await file('/files/a.json', order({ note: { type: 'string' } })),
    );
    expect((await withRegistry('diff', 'diffed')).exitCode).toBe(3);
    await withRegistry(
      'register',
      'diffed',
      await file('/files/b.json', order({ note: { type: ['string', 'null'] } })),
    );
    const { stdout } = await withRegistry('diff', 'diffed', '--width', '60');
    expect(stdout).toMatchInlineSnapshot(`
      "diffed version 1               diffed version 2
      {                              {
        "title": "Order",              "title": "Order",
        "type": "object",              "type": "object",
        "properties": {                "properties": {
          "id": {                        "id": {
            "type": "integer"              "type": "integer"
          },                             },
          "note": {                      "note": {
            "type": "string"       |       "type": [
                                   >         "string",
                                   >         "null"
                                   >       ]
          }                              }
        },                             },
        "required": [                  "required": [
          "id"                           "id"
        ],                             ],
        "additionalProperties": f…     "additionalProperties": f…
      }                              }

      version 2 reads what version 1 wrote: yes
      version 1 reads what version 2 writes: no
        TYPE_CHANGED: The schema that reads has another type than the schema that writes (at #/properties/note)
      "
    `);
    const json = JSON.parse((await withRegistry('diff', 'diffed', '1', '2', '--output', 'json')).stdout);
    expect(json).toMatchObject({ changed: true, backward: [], forward: [{ errorType: 'TYPE_CHANGED' }] });
    const withFile = await withRegistry('diff', 'diffed', '--file', '/files/a.json', '--output', 'json');
    expect(JSON.parse(withFile.stdout)).toMatchObject({ from: 'version 2', to: '/files/a.json' });
  });

  test('a registry that is not there is an error with a hint', async () => {
    const result = await millrace('list', '--registry', 'http://127.0.0.1:1');
    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--registry') });
  });
});

describe('check, without a registry', () => {
  test('versions of a folder are compared one after the other, whatever their format', async () => {
    await file('/good/orders/1.json', order());
    await file('/good/orders/2.json', order({ note: { type: 'string' } }));
    await file('/good/payment/v1.avsc', {
      type: 'record',
      name: 'Payment',
      fields: [{ name: 'id', type: 'int' }],
    });
    await file('/good/payment/v2.avsc', {
      type: 'record',
      name: 'Payment',
      fields: [{ name: 'id', type: 'long' }],
    });
    await file('/good/click.proto', 'syntax = "proto3"; message Click { int32 x = 1; }');
    const { exitCode, stdout } = await millrace('check', '/good');
    expect(stdout).toBe(
      'ok      click.proto (PROTOBUF)\nok      orders/1.json (JSON)\nok      orders/2.json (JSON)\n' +
        'ok      payment/v1.avsc (AVRO)\nok      payment/v2.avsc (AVRO)\n',
    );
    expect(exitCode).toBe(0);
    const full = await millrace('check', '/good', '--level', 'FULL');
    expect(full).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('2 of 5 schemas failed') });
    expect(full.stdout).toContain(
      'FAILED  orders/2.json (JSON)\n        orders/1.json cannot read it: PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL',
    );
  });

  test('a folder is compared with itself as it was, and answers in JSON', async () => {
    await file('/before/order.json', order());
    await file('/after/order.json', order({ id: { type: 'string' } }));
    await file('/after/new.json', { type: 'string' });
    const { exitCode, stdout } = await millrace(
      'check',
      '/after',
      '--against',
      '/before',
      '--output',
      'json',
    );
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { path: 'new.json', ok: true, problems: [] },
      {
        path: 'order.json',
        ok: false,
        problems: [
          {
            errorType: 'TYPE_CHANGED',
            path: '#/properties/id',
            against: '/before/order.json',
            reader: 'new',
          },
        ],
      },
    ]);
  });

  test('files may refer to each other', async () => {
    await file('/linked/order.json', { properties: { to: { $ref: 'parts/address.json' } } });
    await file('/linked/parts/address.json', {
      $id: 'http://shop/address',
      properties: { city: { $ref: 'city.json' } },
    });
    await file('/linked/parts/city.json', { type: 'string' });
    await file('/linked/a.proto', 'syntax = "proto3"; import "parts/b.proto"; message A { B b = 1; }');
    await file('/linked/parts/b.proto', 'syntax = "proto3"; message B { int32 x = 1; }');
    await file('/linked/c.avsc', {
      type: 'record',
      name: 'C',
      namespace: 'shop',
      fields: [{ name: 'd', type: 'shop.D' }],
    });
    await file('/linked/d.avsc', {
      type: 'record',
      name: 'D',
      namespace: 'shop',
      fields: [{ name: 'x', type: 'int' }],
    });
    const { stdout, exitCode } = await millrace('check', '/linked');
    expect(stdout).not.toContain('FAILED');
    expect(exitCode).toBe(0);
  });

  test('an invalid schema fails with its place, a circle with its files, a missing folder as not found', async () => {
    await file('/bad/a.json', '{\n "type": 5 }');
    await file('/bad/b.json', { $ref: 'c.json' });
    await file('/bad/c.json', { $ref: 'b.json' });
    const { exitCode, stdout } = await millrace('check', '/bad');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('line 2, column 10');
    expect(stdout).toContain('b.json -> c.json -> b.json');
    expect((await millrace('check', '/nowhere')).exitCode).toBe(3);
    await host.disk.makeDirectory('/empty');
    expect((await millrace('check', '/empty')).exitCode).toBe(1);
  });
});

test('types of a schema are printed, with those it refers to', async () => {
  await file('/typed/order.json', order({ to: { $ref: 'address.json' } }));
  await file('/typed/address.json', {
    title: 'Address',
    type: 'object',
    properties: { city: { type: 'string' } },
  });
  const { stdout, exitCode } = await millrace('types', '/typed/order.json');
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    'export interface Order {\n  id: number;\n  to?: Address;\n}\n\nexport interface Address {\n  city?: string;\n}\n',
  );
  const avsc = { type: 'record', name: 'shop.Payment', fields: [{ name: 'id', type: 'long' }] };
  const { stdout: avroTypes } = await millrace('types', await file('/typed/a.avsc', avsc));
  expect(avroTypes).toBe('export interface Payment {\n  id: number;\n}\n');
  await file('/typed/money.proto', 'syntax = "proto3"; message Money { int64 cents = 1; }');
  const proto =
    'syntax = "proto3"; import "money.proto"; message Price { Money net = 1; optional string note = 2; }';
  const { stdout: protoTypes } = await millrace('types', await file('/typed/a.proto', proto));
  expect(protoTypes).toBe(
    'export interface Price {\n  net?: Money;\n  note?: string;\n}\n\nexport interface Money {\n  cents: number;\n}\n',
  );
});
