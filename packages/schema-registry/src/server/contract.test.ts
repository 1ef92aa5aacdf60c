import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restErrorCodes } from '../registry/rest-error.ts';
import { endpointGroups } from './endpoints/all-endpoints.ts';
import { startTestBroker, TestRegistry } from './testing/test-registry.ts';
import { associationScenes } from './testing/contract/association-scenes.ts';
import { compatibilityScenes } from './testing/contract/compatibility-scenes.ts';
import type { Scene, Step } from './testing/contract/scene.ts';
import { schemaScenes } from './testing/contract/schema-scenes.ts';
import { serverScenes } from './testing/contract/server-scenes.ts';
import { settingScenes } from './testing/contract/setting-scenes.ts';
import { subjectScenes } from './testing/contract/subject-scenes.ts';
import { versionScenes } from './testing/contract/version-scenes.ts';

const groups: Readonly<Record<string, readonly Scene[]>> = {
  subjects: subjectScenes,
  versions: versionScenes,
  schemas: schemaScenes,
  compatibility: compatibilityScenes,
  settings: settingScenes,
  associations: associationScenes,
  server: serverScenes,
};

let broker: Awaited<ReturnType<typeof startTestBroker>>;
beforeAll(async () => {
  broker = await startTestBroker();
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
});

let sceneCount = 0;

function startRegistry({ properties = {} }: Scene): Promise<TestRegistry> {
  const number = ++sceneCount;
  return TestRegistry.start({
    'kafkastore.bootstrap.servers': broker.bootstrapServers,
    'kafkastore.topic': `_schemas-${number}`,
    'schema.registry.group.id': `registry-${number}`,
    ...properties,
  });
}

async function run(registry: TestRegistry, { send, body, headers, expect: code, answer, contains }: Step) {
  const got = await registry.request(send, body, headers);
  const status = Number(String(code).slice(0, 3));
  expect(got.status, `${send}: ${got.text}`).toBe(status);
  if (status >= 400) {
    expect(got.body, send).toEqual({ error_code: code, message: expect.stringMatching(/./) });
  }
  if (answer !== undefined) expectAnswer(got.body, answer, send);
  if (contains !== undefined) expect(got.text, send).toContain(contains);
}

/** Lists are compared in order and length, objects by the members that are named. */
function expectAnswer(got: unknown, answer: unknown, send: string): void {
  if (!Array.isArray(answer)) expect(got, send).toEqual(partly(answer));
  else expect(got, send).toEqual(answer.map(partly));
}

function partly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(partly);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, partly(member)]);
  return expect.objectContaining(Object.fromEntries(members));
}

describe.each(Object.entries(groups))('the REST API of %s', (_name, scenes) => {
  test.concurrent.each(scenes.map((scene) => [scene.title, scene] as const))('%s', async (_title, scene) => {
    await using registry = await startRegistry(scene);
    for (const step of scene.steps) await run(registry, step);
  });
});

describe('the contract', () => {
  const steps = Object.values(groups).flatMap((scenes) => scenes.flatMap((scene) => scene.steps));
  const endpoints = endpointGroups.flatMap((group) => group.endpoints);
  /** Need a cluster in trouble, see cluster.test.ts. */
  const elsewhere: ReadonlySet<string> = new Set([
    'STORE_FAILED',
    'TIMED_OUT',
    'FORWARDING_FAILED',
    'LEADER_UNKNOWN',
  ]);

  const stepsOf = (method: string, path: string) => {
    const pattern = new RegExp(
      `^${method} (/contexts/[^/]+)?${path.replaceAll(/\{\w+\}/g, '[^/?]+')}/?(\\?.*)?$`,
    );
    return steps.filter(({ send }) => pattern.test(send));
  };

  test.each(endpoints.map(({ method, path }) => [`${method} ${path}`, method, path] as const))(
    'has a step that succeeds for %s',
    (_line, method, path) => {
      expect(stepsOf(method, path).some(({ expect: code }) => code < 300)).toBe(true);
    },
  );

  const declared = endpoints.flatMap(({ method, path, errors }) =>
    errors
      .filter((name) => !elsewhere.has(name))
      .map((name) => [`${method} ${path}`, restErrorCodes[name].errorCode, method, path] as const),
  );

  test.each(declared)('has a step for %s that fails with %i', (_line, errorCode, method, path) => {
    const codes = stepsOf(method, path).map(({ expect: code }) => code);
    expect(codes).toContain(errorCode);
  });
});
