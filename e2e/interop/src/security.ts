/**
 * `npm run interop:security`: clients and tools of others over TLS and SASL against a node started as a process, and our
 * client over TLS and SASL against Apache Kafka. Says what it skips and why.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { runTool, startKafka, unavailable } from '@millrace/apache-kafka-peer';
import { Admin, Consumer, Producer, type AdminOptions, type AdminProperties } from '@millrace/client';
import { freePorts } from '@millrace/free-ports';
import { CertificateAuthority } from '@millrace/test-certificates';
import { runProcess } from './run-process.ts';

const executable = resolve(import.meta.dirname, '../../../packages/cli/bin/millrace.mjs');
const folder = mkdtempSync(join(tmpdir(), 'millrace-security-'));
const authority = new CertificateAuthority();
const own = authority.issue({ subject: [['CN', 'broker']] });
const alice = authority.issue({
  subject: [
    ['O', 'Shop'],
    ['CN', 'alice'],
  ],
});
const files = {
  trusted: file('trusted.pem', authority.certificate),
  node: file('node.pem', own.key + own.certificate),
  alice: file('alice.pem', alice.key + alice.certificate),
  aliceKey: file('alice.key', alice.key),
  aliceCertificate: file('alice.crt', alice.certificate),
};
const tally = { passed: 0, failed: 0, skipped: 0 };

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function check(title: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
    tally.passed++;
    print(`ok      ${title}`);
  } catch (error) {
    tally.failed++;
    print(`FAILED  ${title}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function skip(line: string): void {
  tally.skipped++;
  print(`skipped ${line}`);
}

function expectText(text: string, wanted: string): void {
  if (!text.includes(wanted)) throw new Error(`no "${wanted}" in: ${text.trim().slice(-600)}`);
}

interface Listeners {
  readonly plain: number;
  readonly ssl: number;
  readonly sasl: number;
  readonly saslSsl: number;
  /** Only Apache Kafka has one. */
  readonly controller: number;
}

async function chooseListeners(): Promise<Listeners> {
  const [plain = 0, ssl = 0, sasl = 0, saslSsl = 0, controller = 0] = await freePorts(5);
  return { plain, ssl, sasl, saslSsl, controller };
}

/** The properties that both brokers understand. */
function brokerProperties(ports: Listeners): Record<string, string> {
  const listeners = [
    `PLAINTEXT://127.0.0.1:${ports.plain}`,
    `SSL://127.0.0.1:${ports.ssl}`,
    `SASL_PLAINTEXT://127.0.0.1:${ports.sasl}`,
    `SASL_SSL://127.0.0.1:${ports.saslSsl}`,
  ].join(',');
  const plainUsers =
    'org.apache.kafka.common.security.plain.PlainLoginModule required user_bob="bob-secret";';
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  return {
    listeners,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': files.node,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': files.trusted,
    'ssl.client.auth': 'requested',
    'ssl.principal.mapping.rules': 'RULE:^CN=(.*?),O=Shop$/$1/,DEFAULT',
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    ...Object.fromEntries(
      ['sasl_plaintext', 'sasl_ssl'].flatMap((name) => [
        [`listener.name.${name}.plain.sasl.jaas.config`, plainUsers],
        [`listener.name.${name}.scram-sha-256.sasl.jaas.config`, scram],
        [`listener.name.${name}.scram-sha-512.sasl.jaas.config`, scram],
      ]),
    ),
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
  };
}

async function startNode(ports: Listeners): Promise<AsyncDisposable> {
  const lines = Object.entries({
    ...brokerProperties(ports),
    'log.dirs': join(folder, 'data'),
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
  }).map(([name, value]) => `${name}=${value}\n`);
  const config = file('server.properties', lines.join(''));
  const parameters = [...process.execArgv, executable, 'start', '--config', config, '--output', 'json'];
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((settle) => child.once('close', () => settle()));
  await Promise.race([firstLine(child.stdout), ended]);
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<void> {
  for await (const line of createInterface({ input: stream })) if (line !== '') return;
}

async function againstMillrace(): Promise<void> {
  const ports = await chooseListeners();
  await using _node = await startNode(ports);
  await using admin = new Admin({ 'bootstrap.servers': `127.0.0.1:${ports.plain}` });
  await admin.createTopics([{ name: 'orders', partitions: 1, replicationFactor: 1 }]);
  await admin.alterUserScramCredentials([
    { user: 'carol', mechanism: 'SCRAM-SHA-256', password: 'carol-secret' },
    { user: 'carol', mechanism: 'SCRAM-SHA-512', password: 'carol-secret' },
  ]);
  for (const principal of ['User:alice', 'User:bob', 'User:carol']) {
    await admin.createAcls([
      { resourceType: 'TOPIC', resourceName: 'orders', principal, operation: 'ALL' },
      { resourceType: 'GROUP', resourceName: 'g', principal, operation: 'READ' },
    ]);
  }
  await kcatAgainst(ports);
  await pythonAgainst(ports);
  const missing = unavailable();
  if (missing !== undefined) skip(`Java's tools: ${missing}`);
  else await javaAgainst(ports);
}

const kcatLogins: Readonly<Record<string, (ports: Listeners) => readonly string[]>> = {
  'a certificate': ({ ssl }) => [
    `bootstrap.servers=127.0.0.1:${ssl}`,
    'security.protocol=ssl',
    `ssl.ca.location=${files.trusted}`,
    `ssl.certificate.location=${files.aliceCertificate}`,
    `ssl.key.location=${files.aliceKey}`,
  ],
  PLAIN: ({ sasl }) => [
    `bootstrap.servers=127.0.0.1:${sasl}`,
    'security.protocol=sasl_plaintext',
    ...login('PLAIN', 'bob'),
  ],
  'SCRAM-SHA-256 over TLS': ({ saslSsl }) => [...overTls(saslSsl), ...login('SCRAM-SHA-256', 'carol')],
  'SCRAM-SHA-512 over TLS': ({ saslSsl }) => [...overTls(saslSsl), ...login('SCRAM-SHA-512', 'carol')],
};

function overTls(port: number): string[] {
  return [
    `bootstrap.servers=127.0.0.1:${port}`,
    'security.protocol=sasl_ssl',
    `ssl.ca.location=${files.trusted}`,
  ];
}

function login(mechanism: string, user: string, password = `${user}-secret`): string[] {
  return [`sasl.mechanism=${mechanism}`, `sasl.username=${user}`, `sasl.password=${password}`];
}

function kcatOptions(settings: readonly string[]): string[] {
  return settings.flatMap((setting) => ['-X', setting]);
}

async function kcatAgainst(ports: Listeners): Promise<void> {
  try {
    await runProcess('kcat', ['-V']);
  } catch {
    return skip('kcat: not installed (Debian: apt-get install kcat)');
  }
  for (const [what, settings] of Object.entries(kcatLogins)) {
    await check(`kcat by ${what}`, async () => {
      const base = kcatOptions(settings(ports));
      await runProcess('kcat', [...base, '-P', '-t', 'orders', '-p', '0'], `${what}\n`);
      const { stdout } = await runProcess('kcat', [...base, '-C', '-t', 'orders', '-p', '0', '-e', '-q']);
      expectText(stdout, what);
    });
  }
  await check('kcat with a wrong password is refused', async () => {
    const wrong = kcatOptions([...overTls(ports.saslSsl), ...login('SCRAM-SHA-256', 'carol', 'guess')]);
    const answer = await runProcess('kcat', [...wrong, '-L', '-m', '3']).then(
      () => 'it was let in',
      (error: Error) => error.message,
    );
    expectText(answer, 'authentication');
  });
}

/** librdkafka's own way to get the token: a callback; the broker's keys come from a file. */
async function pythonAgainst(ports: Listeners): Promise<void> {
  const script = join(import.meta.dirname, '../clients/secured-confluent-client.py');
  try {
    await runProcess('/usr/bin/python3', ['-c', 'import confluent_kafka']);
  } catch {
    return skip('confluent_kafka: not installed (Debian: apt-get install python3-confluent-kafka)');
  }
  for (const [what, settings] of Object.entries(kcatLogins)) {
    await check(`confluent_kafka by ${what}, in a group`, async () => {
      const config = Object.fromEntries(settings(ports).map((setting) => setting.split(/=(.*)/s, 2)));
      await runProcess('/usr/bin/python3', [script, 'orders', 'g'], JSON.stringify(config));
    });
  }
}

async function javaAgainst(ports: Listeners): Promise<void> {
  const plaintext = ['--bootstrap-server', `127.0.0.1:${ports.plain}`];
  await check('AclCommand adds and lists', async () => {
    const acl = [
      '--add',
      '--allow-principal',
      'User:dave',
      '--producer',
      '--topic',
      'ord',
      '--resource-pattern-type',
      'prefixed',
    ];
    tool('org.apache.kafka.tools.AclCommand', [...plaintext, ...acl]);
    const listed = tool('org.apache.kafka.tools.AclCommand', [...plaintext, '--list']);
    expectText(listed, 'patternType=PREFIXED');
    expectText(listed, 'principal=User:dave, host=*, operation=WRITE, permissionType=ALLOW');
  });
  await check('ConfigCommand sets the password of a user, and describes it', async () => {
    const user = ['--entity-type', 'users', '--entity-name', 'dave'];
    const password = ['--alter', '--add-config', 'SCRAM-SHA-512=[iterations=8192,password=dave-secret]'];
    tool(
      'org.apache.kafka.tools.ConfigCommand',
      [...plaintext, ...user, ...password],
      'kafka.admin.ConfigCommand',
    );
    await using admin = new Admin({ 'bootstrap.servers': `127.0.0.1:${ports.plain}` });
    const users = await admin.describeUserScramCredentials(['dave']);
    expectText(JSON.stringify([...users]), '"iterations":8192');
  });
  const client = file(
    'java-client.properties',
    `security.protocol=SASL_SSL\nssl.truststore.type=PEM\nssl.truststore.location=${files.trusted}\n` +
      'sasl.mechanism=SCRAM-SHA-512\nsasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule ' +
      'required username="dave" password="dave-secret";\n',
  );
  const secured = ['--bootstrap-server', `127.0.0.1:${ports.saslSsl}`, '--command-config', client];
  await check("Java's admin client over SASL_SSL sees what dave may see", async () => {
    await using admin = new Admin({ 'bootstrap.servers': `127.0.0.1:${ports.plain}` });
    await admin.createTopics([{ name: 'secret', partitions: 1, replicationFactor: 1 }]);
    const listed = tool('org.apache.kafka.tools.TopicCommand', [...secured, '--list']);
    expectText(listed, 'orders');
    if (listed.includes('secret')) throw new Error('dave sees the topic secret');
  });
  await check('AclCommand deletes', async () => {
    const acl = ['--remove', '--force', '--topic', 'ord', '--resource-pattern-type', 'prefixed'];
    tool('org.apache.kafka.tools.AclCommand', [...plaintext, ...acl]);
    const listed = tool('org.apache.kafka.tools.AclCommand', [
      ...plaintext,
      '--list',
      '--principal',
      'User:dave',
    ]);
    if (listed.includes('WRITE')) throw new Error(`still there: ${listed}`);
  });
}

/** Runs a tool of Apache Kafka; `other` is where another release has it. */
function tool(mainClass: string, parameters: readonly string[], other?: string): string {
  const { status, output } = runTool(mainClass, parameters);
  if (status === 0) return output;
  if (other !== undefined && output.includes('ClassNotFoundException')) return tool(other, parameters);
  throw new Error(`${mainClass} ended with ${status}: ${output.trim().slice(-600)}`);
}

async function againstKafka(): Promise<void> {
  const missing = unavailable();
  if (missing !== undefined) return skip(`our client against Apache Kafka: ${missing}`);
  const ports = await chooseListeners();
  const { listeners, ...properties } = brokerProperties(ports);
  await using _kafka = await startKafka({
    port: ports.plain,
    properties: {
      ...properties,
      listeners: `${listeners},CONTROLLER://127.0.0.1:${ports.controller}`,
      'advertised.listeners': listeners!,
      'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
      'listener.security.protocol.map':
        'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL',
      'connections.max.reauth.ms': '3000',
    },
  });
  await using admin = new Admin({ 'bootstrap.servers': `127.0.0.1:${ports.plain}` });
  await check('our client sets SCRAM passwords and ACLs at Apache Kafka', async () => {
    await admin.alterUserScramCredentials([
      { user: 'carol', mechanism: 'SCRAM-SHA-256', password: 'carol-secret' },
      { user: 'carol', mechanism: 'SCRAM-SHA-512', password: 'carol-secret', iterations: 8192 },
    ]);
    await admin.createAcls(
      ['alice', 'bob', 'carol'].flatMap((name) => [
        {
          resourceType: 'TOPIC',
          resourceName: 'o',
          patternType: 'PREFIXED',
          principal: `User:${name}`,
          operation: 'ALL',
        } as const,
        { resourceType: 'GROUP', resourceName: '*', principal: `User:${name}`, operation: 'READ' } as const,
      ]),
    );
    const acls = await admin.describeAcls({ principal: 'User:carol', resourceType: 'TOPIC' });
    expectText(JSON.stringify(acls), '"patternType":"PREFIXED"');
    expectText(JSON.stringify([...(await admin.describeUserScramCredentials())]), '8192');
  });
  for (const [what, { properties: settings, options }] of Object.entries(ourLogins(ports))) {
    await check(`our client at Apache Kafka by ${what}`, () => roundTrip(settings, options));
  }
  await check('our client renews its session at Apache Kafka', () => renewal(ports));
  await check('our client is refused by Apache Kafka with a wrong password', async () => {
    const { properties: settings } = ourLogins(ports)['SCRAM-SHA-256']!;
    const sasl = { mechanism: 'SCRAM-SHA-256', username: 'carol', password: 'guess' } as const;
    await using refused = new Admin(settings, { sasl });
    const error: unknown = await refused.describeCluster().catch((reason: unknown) => reason);
    expectText(String((error as { code?: string }).code), 'ERR_CLIENT_AUTHENTICATION_FAILED');
  });
  await check('our client deletes ACLs and passwords at Apache Kafka', async () => {
    const [deleted] = await admin.deleteAcls([{ principal: 'User:bob' }]);
    if (deleted?.length !== 2) throw new Error(`deleted ${deleted?.length} ACLs`);
    await admin.alterUserScramCredentials([{ user: 'carol', mechanism: 'SCRAM-SHA-256', remove: true }]);
  });
}

interface Login {
  readonly properties: AdminProperties & { 'bootstrap.servers': string };
  readonly options: AdminOptions;
}

function at(port: number) {
  return { 'bootstrap.servers': `127.0.0.1:${port}` };
}

function ourLogins(ports: Listeners): Readonly<Record<string, Login>> {
  const trusting = { 'ssl.truststore.location': files.trusted };
  const carol = { username: 'carol', password: 'carol-secret' };
  return {
    'a certificate': {
      properties: {
        ...at(ports.ssl),
        'security.protocol': 'SSL',
        ...trusting,
        'ssl.keystore.location': files.alice,
      },
      options: {},
    },
    PLAIN: {
      properties: {
        ...at(ports.sasl),
        'security.protocol': 'SASL_PLAINTEXT',
        'sasl.mechanism': 'PLAIN',
        'sasl.jaas.config':
          'org.apache.kafka.common.security.plain.PlainLoginModule required username="bob" password="bob-secret";',
      },
      options: {},
    },
    'SCRAM-SHA-256': {
      properties: { ...at(ports.sasl), 'security.protocol': 'SASL_PLAINTEXT' },
      options: { sasl: { mechanism: 'SCRAM-SHA-256', ...carol } },
    },
    'SCRAM-SHA-512 over TLS': {
      properties: { ...at(ports.saslSsl), 'security.protocol': 'SASL_SSL', ...trusting },
      options: { sasl: { mechanism: 'SCRAM-SHA-512', ...carol } },
    },
  };
}

async function roundTrip(properties: Login['properties'], options: AdminOptions): Promise<void> {
  await using producer = new Producer(properties, options);
  const { offset } = await producer.send({ topic: 'orders', partition: 0, value: 'hello' });
  const settings = {
    ...properties,
    'group.id': `g-${tally.passed}`,
    'auto.offset.reset': 'earliest',
  } as const;
  await using consumer = new Consumer(settings, options);
  consumer.subscribe(['orders']);
  for (;;) {
    const records = await consumer.poll({ timeoutMs: 20_000 });
    if (records.length === 0) throw new Error('no record came');
    if (records.some((record) => record.offset === offset)) return;
  }
}

/** Sends for three sessions' time. */
async function renewal(ports: Listeners): Promise<void> {
  const { properties, options } = ourLogins(ports)['SCRAM-SHA-512 over TLS']!;
  const warnings: string[] = [];
  const note = (line: string) => void warnings.push(line);
  const logger = { debug() {}, info() {}, warn: note, error: note };
  await using producer = new Producer(properties, { ...options, logger });
  for (let sent = 0; sent < 40; sent++) {
    await producer.send({ topic: 'orders', partition: 0, value: 'again' });
    await new Promise((resume) => setTimeout(resume, 250));
  }
  if (warnings.length > 0) throw new Error(warnings.join('; '));
}

try {
  await againstMillrace();
  await againstKafka();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
print(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;
