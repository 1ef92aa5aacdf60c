import { describe, expect, test } from 'vitest';
import { RegistryBadResponseError, RegistryRefusedError, RegistryUnavailableError } from '../errors.ts';
import type { RegistryClientProperties } from './registry-client-properties.ts';
import { SchemaRegistryClient, type SchemaRegistryClientOptions } from './schema-registry-client.ts';
import { ok, refused, ScriptedServer } from './testing/scripted-server.ts';

/** A client that waits for nothing between retries. */
function clientOf(
  servers: readonly { readonly url: string }[],
  properties: Partial<RegistryClientProperties> = {},
  options: SchemaRegistryClientOptions = {},
): SchemaRegistryClient {
  const urls = servers.map(({ url }) => url);
  return new SchemaRegistryClient(
    { 'schema.registry.url': urls, 'retries.wait.ms': 0, ...properties },
    options,
  );
}

/** A server that nobody listens at any more. */
async function goneServer(): Promise<{ url: string }> {
  const server = await ScriptedServer.start(ok({}));
  const { url } = server;
  await server[Symbol.asyncDispose]();
  return { url };
}

describe('several addresses', () => {
  test('are tried in turn, and the one that answered is asked first from then on', async () => {
    await using server = await ScriptedServer.start(ok(['a']));
    await using silent = await ScriptedServer.start('reset');
    const client = clientOf([await goneServer(), silent, server], { 'max.retries': 0 });
    expect(await client.subjects.list()).toEqual(['a']);
    expect(await client.subjects.list()).toEqual(['a']);
    expect(silent.requests).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });

  test('that all fail are an error that names them and the last failure', async () => {
    const client = clientOf([await goneServer(), await goneServer()], { 'max.retries': 2 });
    const error = (await client.subjects
      .list()
      .catch((reason: unknown) => reason)) as RegistryUnavailableError;
    expect(error).toBeInstanceOf(RegistryUnavailableError);
    expect(error.message).toMatch(
      /^No schema registry of 127\.0\.0\.1:\d+, 127\.0\.0\.1:\d+ answered GET \/subjects in 3 rounds; last: .*cannot be reached: /,
    );
    expect(error.retriable).toBe(true);
    expect((error.cause as AggregateError).errors).toHaveLength(2);
  });
});

describe('a failure that may pass', () => {
  test.each([408, 429, 500, 502, 503, 504])('with status %d is tried again', async (status) => {
    await using server = await ScriptedServer.start(
      { status, text: '' },
      { status, text: '<html>' },
      ok(['a']),
    );
    expect(await clientOf([server]).subjects.list()).toEqual(['a']);
    expect(server.requests).toHaveLength(3);
  });

  test('is reported as it was when retries run out', async () => {
    await using server = await ScriptedServer.start(
      refused(50003, 'Error while forwarding the request to the leader'),
    );
    const listing = clientOf([server], { 'max.retries': 2 }).subjects.list();
    await expect(listing).rejects.toMatchObject({ errorCode: 50003, status: 500, retriable: true });
    expect(server.requests).toHaveLength(3);
  });

  test.each([
    refused(40401, "Subject 'x' not found."),
    refused(42201, 'Invalid schema'),
    { status: 403, text: 'no' },
  ])('is not %j', async (answer) => {
    await using server = await ScriptedServer.start(answer);
    await expect(clientOf([server]).subjects.versions('x')).rejects.toThrow(RegistryRefusedError);
    expect(server.requests).toHaveLength(1);
  });
});

describe('an answer', () => {
  test('that refuses carries the code, the status and the words of the registry', async () => {
    await using server = await ScriptedServer.start(refused(40401, "Subject 'x' not found."));
    const error = await clientOf([server])
      .subjects.versions('x')
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'ERR_REGISTRY_REFUSED',
      errorCode: 40401,
      status: 404,
      retriable: false,
    });
    expect((error as Error).message).toBe("Subject 'x' not found. (error 40401 to GET /subjects/x/versions)");
  });

  test('of something else than a registry is named as such', async () => {
    await using page = await ScriptedServer.start({ status: 200, text: '<html>Welcome to nginx</html>' });
    await expect(clientOf([page]).subjects.list()).rejects.toThrow(RegistryBadResponseError);
    await expect(clientOf([page]).subjects.list()).rejects.toThrow('<html>Welcome to nginx</html>');
    await using empty = await ScriptedServer.start(ok({}));
    await expect(clientOf([empty]).schemas.byId(1)).rejects.toThrow('holds no schema');
  });

  test('of older servers is filled in', async () => {
    await using old = await ScriptedServer.start(ok({ schema: '"string"' }), ok({ id: 1 }));
    const client = clientOf([old]);
    expect(await client.schemas.byId(1)).toEqual({ schema: '"string"', schemaType: 'AVRO', references: [] });
    expect(await client.subjects.register('s', { schema: '"string"' })).toEqual({ id: 1 });
  });

  test('that does not come in time ends the attempt', async () => {
    await using silent = await ScriptedServer.start('silence');
    await using server = await ScriptedServer.start(ok(['a']));
    const client = clientOf([silent, server], { 'http.read.timeout.ms': 50 });
    expect(await client.subjects.list()).toEqual(['a']);
    const alone = clientOf([silent], { 'http.read.timeout.ms': 20, 'max.retries': 0 });
    await expect(alone.subjects.list()).rejects.toThrow('did not answer within 20 ms');
  });
});

describe('a signal', () => {
  test('ends a request and the wait between retries', async () => {
    await using silent = await ScriptedServer.start('silence');
    const reason = new Error('enough');
    const abort = new AbortController();
    const waiting = clientOf([silent]).subjects.list({ signal: abort.signal });
    abort.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    const between = new AbortController();
    const patient = clientOf([await goneServer()], {
      'retries.wait.ms': 100_000,
      'retries.max.wait.ms': 100_000,
    });
    const retrying = patient.subjects.list({ signal: between.signal });
    setImmediate(() => between.abort(reason));
    await expect(retrying).rejects.toBe(reason);
  });

  test('of one of several who wait for the same schema ends that wait alone', async () => {
    await using server = await ScriptedServer.start(ok({ schema: '"string"' }));
    const client = clientOf([server]);
    const abort = new AbortController();
    const first = client.schemas.byId(1, { signal: abort.signal });
    const second = client.schemas.byId(1);
    abort.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    expect((await second).schema).toBe('"string"');
    expect(server.requests).toHaveLength(1);
  });
});

describe('a request', () => {
  test('encodes subjects, keeps contexts readable, and speaks the media type of the registry', async () => {
    await using server = await ScriptedServer.start(ok([1]));
    const client = clientOf([{ url: `${server.url}/registry/` }]);
    await client.subjects.versions(':.prod:a/b c', { deleted: true });
    await client.subjects.latestWithMetadata('s', { a: '1', b: '2' }).catch(() => undefined);
    expect(server.requests.map(({ line }) => line)).toEqual([
      'GET /registry/subjects/:.prod:a%2Fb%20c/versions?deleted=true',
      'GET /registry/subjects/s/metadata?key=a&key=b&value=1&value=2',
    ]);
    expect(server.requests[0]?.headers['accept']).toContain('application/vnd.schemaregistry.v1+json');
  });

  test('never goes to another path than the one that was meant', async () => {
    await using server = await ScriptedServer.start(ok([1]));
    await expect(clientOf([server]).subjects.delete('..')).rejects.toThrow('cannot be named');
    expect(server.requests).toHaveLength(0);
  });
});

describe('schemas by id', () => {
  test('are asked for once, and no more of them are kept than allowed', async () => {
    await using server = await ScriptedServer.start(ok({ schema: '"string"' }));
    const client = clientOf([server], { 'max.schemas.per.subject': 10 });
    for (let round = 0; round < 2; round += 1)
      for (let id = 0; id < 100; id += 1) await client.schemas.byId(id);
    expect(server.requests).toHaveLength(200);
    await Promise.all([client.schemas.byId(99), client.schemas.byId(99)]);
    expect(server.requests).toHaveLength(200);
  });
});
