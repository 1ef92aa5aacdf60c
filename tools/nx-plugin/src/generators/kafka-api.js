const apisFolder = 'packages/broker/src/apis';

/**
 * Writes `NN-name.ts` and its test from the message definition, and registers the handler. Key and versions are read
 * from the generated codec, so the file cannot disagree with the protocol. The handler answers UNSUPPORTED_VERSION until its
 * author says otherwise, and its test fails until then, so that nobody advertises an API by accident.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string }} options
 */
export default function kafkaApiGenerator(tree, { name }) {
  const module = kebabCase(name);
  const { key, minVersion, maxVersion } = readCodec(tree, name, module);
  const file = `${String(key).padStart(2, '0')}-${module}`;
  if (tree.exists(`${apisFolder}/${file}.ts`)) throw new Error(`${apisFolder}/${file}.ts exists already`);

  tree.write(`${apisFolder}/${file}.ts`, handlerSource({ name, module, minVersion, maxVersion }));
  tree.write(`${apisFolder}/${file}.test.ts`, testSource({ name, module, file }));
  register(tree, name, file);
}

function readCodec(tree, name, module) {
  const path = `packages/protocol/src/generated/messages/${module}.ts`;
  const text = tree.read(path, 'utf8');
  if (text === null) throw new Error(`${path} does not exist; is ${name} spelt as in Kafka?`);
  const codec = text.slice(text.indexOf(`export const ${name}Request`));
  const number = (field) => {
    const match = new RegExp(`\\b${field}: (-?\\d+)`).exec(codec);
    if (match === null) throw new Error(`${path} has no ${field} for ${name}Request`);
    return Number(match[1]);
  };
  return { key: number('apiKey'), minVersion: number('minVersion'), maxVersion: number('maxVersion') };
}

function handlerSource({ name, module, minVersion, maxVersion }) {
  return `import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import { ${name}Request, ${name}Response } from '@millrace/protocol/messages/${module}';
import { defineHandler } from './handler.ts';

export const ${camelCase(name)} = defineHandler({
  key: ApiKey.${upperSnakeCase(name)},
  minVersion: ${minVersion},
  maxVersion: ${maxVersion},
  request: ${name}Request,
  response: ${name}Response,
  handle() {
    throw new KafkaError(ErrorCode.UNSUPPORTED_VERSION, '${name} is not served yet');
  },
  fail: (error) => ${name}Response.create({ errorCode: error.errorCode }),
});
`;
}

function testSource({ name, module, file }) {
  return `import { ${name}Request } from '@millrace/protocol/messages/${module}';
import { describe, expect, test } from 'vitest';
import { ${camelCase(name)} } from './${file}.ts';

describe('${name}', () => {
  test.each([${camelCase(name)}.minVersion, ${camelCase(name)}.maxVersion])('answers version %i', (version) => {
    expect.fail(\`drive \${${name}Request.name} v\${version} against a running broker\`);
  });
});
`;
}

function register(tree, name, file) {
  const path = `${apisFolder}/all-apis.ts`;
  const text = tree.read(path, 'utf8');
  if (text === null) throw new Error(`${path} does not exist`);
  const withImport = text.replace(/^import /m, `import { ${camelCase(name)} } from './${file}.ts';\nimport `);
  const withEntry = withImport.replace(/(allApis[^=]*= \[[^\]]*?),?\s*\]/, `$1,\n  ${camelCase(name)},\n]`);
  tree.write(path, withEntry.replace('[,', '['));
}

const kebabCase = (name) => words(name).join('-').toLowerCase();
const upperSnakeCase = (name) => words(name).join('_').toUpperCase();
const camelCase = (name) => name[0].toLowerCase() + name.slice(1);
const words = (name) => name.match(/[A-Z][a-z]*/g);
