import {
  isFixture,
  isTest,
  isTypeScript,
  lineOf,
  packageOf,
  type Check,
  type Finding,
  type SourceFile,
} from '../finding.ts';

/**
 * Which rooms a room may look into (docs/concepts/architecture.md). Arrows run down only; what is above the broker
 * speaks nothing but the wire.
 */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  host: [],
  protocol: [],
  config: ['protocol'],
  log: ['config', 'host', 'protocol'],
  replication: ['config', 'host', 'log', 'protocol'],
  client: ['config', 'host', 'protocol'],
  'client-opentelemetry': ['client'],
  broker: ['config', 'host', 'log', 'protocol', 'replication'],
  'schema-registry': ['client', 'config', 'host', 'protocol'],
  streams: ['client', 'config', 'host', 'protocol', 'schema-registry'],
  connect: ['client', 'config', 'host', 'protocol', 'schema-registry'],
  sql: ['client', 'config', 'host', 'protocol', 'schema-registry', 'streams'],
  'rest-proxy': ['client', 'config', 'host', 'protocol', 'schema-registry'],
  testing: [
    'broker',
    'client',
    'config',
    'host',
    'log',
    'protocol',
    'replication',
    'schema-registry',
    'connect',
    'streams',
  ],
  platform: [
    'broker',
    'client',
    'config',
    'connect',
    'host',
    'log',
    'protocol',
    'replication',
    'rest-proxy',
    'schema-registry',
    'sql',
    'streams',
  ],
  nestjs: ['client', 'config', 'host', 'protocol', 'schema-registry', 'streams', 'testing'],
  console: ['client', 'config', 'host', 'platform', 'protocol', 'schema-registry'],
  cli: [
    'broker',
    'client',
    'config',
    'host',
    'log',
    'platform',
    'protocol',
    'replication',
    'schema-registry',
    'sql',
    'streams',
    'testing',
  ],
};

const importPattern = /(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g;

/** Subpaths that packages publish besides their index. */
const publicSubpaths: readonly RegExp[] = [
  /^@millrace\/protocol\/(messages\/[a-z-]+|all-messages)$/,
  /^@millrace\/client\/kafkajs(\/register)?$/,
  /^@millrace\/log\/tools$/,
  /^@millrace\/schema-registry\/(avro|protobuf|json-schema|server)$/,
];

export const checkArrows: Check = (files) =>
  files
    .filter(
      (file) =>
        isTypeScript(file) && !isFixture(file) && /^(packages|plugins)\/[^/]+\/(src|bench)\//.test(file.path),
    )
    .flatMap((file) => importsOf(file).flatMap(({ specifier, line }) => judge(file, specifier, line)));

function importsOf(file: SourceFile) {
  return [...file.text.matchAll(importPattern)]
    .filter((match) => !isInComment(file.text, match.index))
    .map((match) => ({ specifier: match[1]!, line: lineOf(file.text, match.index) }));
}

function isInComment(text: string, index: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', index) + 1, index);
  return /^\s*(\*|\/\/|\/\*)/.test(line);
}

function judge(file: SourceFile, specifier: string, line: number): Finding[] {
  const finding = (message: string): Finding[] => [{ path: file.path, line, rule: 'arrow', message }];
  if (specifier.startsWith('.')) return judgeRelative(file, specifier, finding);
  if (!specifier.startsWith('@millrace/')) return [];
  const [, target = '', ...rest] = specifier.split('/');
  const room = packageOf(file.path)!.split('/')[1]!;
  if (rest.length > 0 && !publicSubpaths.some((pattern) => pattern.test(specifier))) {
    return finding(`${specifier} reaches past the package's index; import @millrace/${target}`);
  }
  if (isTest(file) || target === room) return [];
  const allowed = file.path.startsWith('plugins/') ? ['connect'] : arrows[room];
  if (allowed?.includes(target) === true) return [];
  return finding(`${room} may not import ${target}; arrows run down only (tools/tidy/src/checks/arrows.ts)`);
}

function judgeRelative(
  file: SourceFile,
  specifier: string,
  finding: (message: string) => Finding[],
): Finding[] {
  const depth = file.path.split('/').length - 3;
  const climbs = specifier.split('/').filter((segment) => segment === '..').length;
  if (climbs > depth) return finding(`${specifier} leaves the package; import it by name`);
  if (!/\.(ts|json|mjs|js)$/.test(specifier)) return finding(`${specifier} needs its .ts ending`);
  return [];
}
