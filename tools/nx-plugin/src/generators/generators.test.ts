import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { describe, expect, test } from 'vitest';
import kafkaApiGenerator from './kafka-api.js';
import packageGenerator from './package.js';

const engines = { node: '^22.22 || ^24.12 || >=26' };

function workspace() {
  const tree = createTreeWithEmptyWorkspace();
  tree.write('package.json', JSON.stringify({ name: 'millrace', engines }));
  tree.write('packages/client/package.json', JSON.stringify({ name: '@millrace/client' }));
  return tree;
}

function withProtocol() {
  const tree = workspace();
  tree.write(
    'packages/protocol/src/generated/messages/elect-leaders.ts',
    'export const ElectLeadersRequest = { name: "x", apiKey: 43, minVersion: 0, maxVersion: 2 };\n',
  );
  tree.write(
    'packages/broker/src/apis/all-apis.ts',
    `import type { AnyApiHandler } from './handler.ts';\nexport const allApis: readonly AnyApiHandler[] = [\n  produce,\n];\n`,
  );
  return tree;
}

describe('the package generator', () => {
  test('writes a package with a documented index, a README and a reference per dependency', () => {
    const tree = workspace();
    packageGenerator(tree, {
      name: 'rest-proxy',
      description: 'HTTP for everything else.',
      dependsOn: ['client'],
    });
    const manifest = JSON.parse(tree.read('packages/rest-proxy/package.json', 'utf8')!);
    expect(manifest).toMatchObject({
      name: '@millrace/rest-proxy',
      engines,
      dependencies: { '@millrace/client': '^0.1.0' },
      nx: { tags: ['layer:rest-proxy'] },
    });
    expect(tree.read('packages/rest-proxy/src/index.ts', 'utf8')).toContain('@packageDocumentation');
    expect(tree.read('packages/rest-proxy/tsconfig.lib.json', 'utf8')).toContain(
      '../client/tsconfig.lib.json',
    );
    expect(tree.exists('packages/rest-proxy/README.md')).toBe(true);
  });

  test('refuses a dependency that does not exist, and a name that does', () => {
    const options = { name: 'sql', description: 'Streaming SQL.' };
    expect(() => packageGenerator(workspace(), { ...options, dependsOn: ['nowhere'] })).toThrow('nowhere');
    expect(() => packageGenerator(workspace(), { ...options, name: 'client' })).toThrow('exists already');
  });
});

describe('the Kafka API generator', () => {
  test('names the file by key, takes the versions from the codec and registers the handler', () => {
    const tree = withProtocol();
    kafkaApiGenerator(tree, { name: 'ElectLeaders' });
    const handler = tree.read('packages/broker/src/apis/43-elect-leaders.ts', 'utf8');
    expect(handler).toContain('key: ApiKey.ELECT_LEADERS');
    expect(handler).toContain('maxVersion: 2');
    expect(tree.exists('packages/broker/src/apis/43-elect-leaders.test.ts')).toBe(true);
    const registry = tree.read('packages/broker/src/apis/all-apis.ts', 'utf8')!;
    expect(registry).toContain("import { electLeaders } from './43-elect-leaders.ts';");
    expect(registry).toMatch(/produce,\s+electLeaders,\s+\]/);
  });

  test('refuses an API that the protocol does not know', () => {
    expect(() => kafkaApiGenerator(withProtocol(), { name: 'NoSuchApi' })).toThrow(
      'no-such-api.ts does not exist',
    );
  });
});
