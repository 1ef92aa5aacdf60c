import { Broker } from '@millrace/broker';
import { memoryHost, type Host } from '@millrace/host';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../testing/run-command.ts';

let host: Host;
let broker: Broker;

beforeAll(async () => {
  host = memoryHost();
  broker = await Broker.start(
    {
      listeners: 'LOCAL://127.0.0.1:0,OUTSIDE://127.0.0.1:0',
      'listener.security.protocol.map': 'LOCAL:PLAINTEXT,OUTSIDE:SASL_PLAINTEXT',
      'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS',
      'log.dirs': '/data',
    },
    { host },
  );
});

afterAll(() => broker.close());

function millrace(line: string, { stdin, listener = 'LOCAL' }: { stdin?: string; listener?: string } = {}) {
  const server = `127.0.0.1:${broker.addressOf(listener)!.port}`;
  const parameters = [...line.split(' '), '--bootstrap-server', server];
  return runCommand(parameters, { host, ...(stdin === undefined ? {} : { stdin }) });
}

test('a user is made, let in by a file of properties, allowed something, and removed', async () => {
  await host.disk.makeDirectory('/etc');
  await host.disk.writeFile(
    '/etc/client.properties',
    'security.protocol=SASL_PLAINTEXT\nsasl.mechanism=SCRAM-SHA-512\n' +
      'sasl.jaas.config=ScramLoginModule required username="alice" password="secret";\n',
  );
  const asAlice = (line: string) =>
    millrace(`${line} --config /etc/client.properties`, { listener: 'OUTSIDE' });

  const refused = await asAlice('topic list');
  expect(refused).toMatchObject({ exitCode: 4 });
  expect(refused.stderr).toContain('by SCRAM-SHA-512 failed');

  expect(await millrace('user set-password alice', { stdin: 'secret\n' })).toMatchObject({
    exitCode: 0,
    stdout: 'Set the SCRAM-SHA-512 password of alice\n',
  });
  expect((await millrace('user list')).stdout).toMatch(
    /user +mechanism +iterations\nalice +SCRAM-SHA-512 +4096\n/,
  );

  await millrace('topic create orders');
  expect((await asAlice('topic list --output json')).stdout).toBe('[]\n');
  expect(await millrace('acl allow User:alice read WRITE --topic ord --prefix')).toMatchObject({
    exitCode: 0,
    stdout: 'ALLOW User:alice READ on TOPIC ord... from *\nALLOW User:alice WRITE on TOPIC ord... from *\n',
  });
  expect((await asAlice('topic list --output json')).stdout).toContain('"orders"');
  expect((await asAlice('topic delete orders --yes')).exitCode).toBe(4);

  expect((await millrace('acl list --principal User:alice')).stdout.split('\n')).toHaveLength(4);
  await millrace('acl deny User:alice ALL --cluster --host 10.0.0.1');
  expect((await millrace('acl list --cluster')).stdout).toContain('10.0.0.1');
  expect((await millrace('acl delete --principal User:alice --yes --output json')).stdout).toMatch(
    /^\[(\{.*){3}\]/,
  );
  expect((await millrace('user delete alice --yes')).stdout).toBe('Deleted alice (SCRAM-SHA-512)\n');
  expect((await asAlice('topic list')).exitCode).toBe(4);
});

test.each([
  ['acl allow User:alice READ', 2, 'Name what it is about'],
  ['acl allow User:alice DANCE --topic a', 2, 'is no operation'],
  ['acl allow User:alice READ --topic a --group b', 2, 'one resource at a time'],
  ['acl delete --yes', 2, 'no command to delete all'],
  ['user delete nobody --yes', 3, 'does not exist'],
])('%s ends with %i', async (line, exitCode, message) => {
  const result = await millrace(line);
  expect(result.exitCode).toBe(exitCode);
  expect(result.stderr).toContain(message);
});
