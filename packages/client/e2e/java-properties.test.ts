import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { javaParameters, unavailable } from '@millrace/apache-kafka-peer';
import { expect, inject, test } from 'vitest';
import { javaProperties, refusedJavaProperties } from '../src/java-properties.ts';
import { propertyOwners } from '../src/property-owners.ts';

const isSkipped = inject('bootstrapServers') === '' || unavailable() !== undefined;

test.skipIf(isSkipped)("every property of Kafka's own clients is known here", async () => {
  const program = resolve(import.meta.dirname, 'config-names.java');
  const { stdout } = await promisify(execFile)('java', javaParameters(program, []));
  const names = stdout.split('\n').filter((name) => name !== '' && !name.startsWith('internal.'));
  const known = new Set([
    ...propertyOwners().keys(),
    ...javaProperties.keys(),
    ...refusedJavaProperties.keys(),
  ]);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
  const withoutEffect = [...javaProperties.keys(), ...refusedJavaProperties.keys()];
  expect(withoutEffect.filter((name) => !names.includes(name))).toEqual([]);
});
