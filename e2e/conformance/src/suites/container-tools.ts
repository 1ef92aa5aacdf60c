/**
 * Stands in for `kafka-acls.sh` and `kafka-configs.sh`, which aiokafka's tests run inside the container of their broker:
 * `container-tools.ts /opt/kafka/bin/kafka-acls.sh --add --topic orders --allow-principal User:test --operation READ`.
 */
import { parseArgs } from 'node:util';
import { Admin, type Acl } from '@millrace/client';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    add: flag,
    remove: flag,
    list: flag,
    force: flag,
    alter: flag,
    cluster: flag,
    topic: text,
    group: text,
    'transactional-id': text,
    operation: text,
    'allow-principal': text,
    'deny-principal': text,
    'authorizer-properties': text,
    zookeeper: text,
    'add-config': text,
    'entity-type': text,
    'entity-name': text,
  },
});
const bootstrapServers = process.env['CONFORMANCE_BOOTSTRAP_SERVERS'] ?? '';
await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
if (values.alter === true) await addScramUser();
else if (values.add === true) await admin.createAcls([acl()]);
else if (values.remove === true) await admin.deleteAcls([{ ...acl(), patternType: 'LITERAL' }]);

function acl(): Acl {
  const resources = [
    ['TOPIC', values.topic],
    ['GROUP', values.group],
    ['TRANSACTIONAL_ID', values['transactional-id']],
    ['CLUSTER', values.cluster === true ? 'kafka-cluster' : undefined],
  ] as const;
  const [resourceType, resourceName = ''] = resources.find(([, name]) => name !== undefined)!;
  const denied = values['deny-principal'];
  return {
    resourceType,
    resourceName,
    principal: denied ?? values['allow-principal']!,
    operation: values.operation!.toUpperCase() as Acl['operation'],
    permission: denied === undefined ? 'ALLOW' : 'DENY',
  };
}

/** `--add-config SCRAM-SHA-256=[password=secret],SCRAM-SHA-512=[password=secret]`. */
async function addScramUser(): Promise<void> {
  const user = values['entity-name']!;
  const given = values['add-config']!.matchAll(/(SCRAM-SHA-(?:256|512))=\[password=(.*?)\]/g);
  await admin.alterUserScramCredentials(
    [...given].map(([, mechanism, password]) => ({
      user,
      mechanism: mechanism as 'SCRAM-SHA-256' | 'SCRAM-SHA-512',
      password: password!,
    })),
  );
}
