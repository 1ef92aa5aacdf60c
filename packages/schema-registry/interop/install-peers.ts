/**
 * Puts other people's registry clients where tests find them: `.millrace/peers`, which git ignores.
 *
 *     node packages/schema-registry/interop/install-peers.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../.millrace/peers', import.meta.url));

mkdirSync(folder, { recursive: true });
execFileSync(
  'npm',
  ['install', '--prefix', folder, '--no-audit', '--no-fund', '@confluentinc/schemaregistry@1.10.1'],
  {
    stdio: 'inherit',
  },
);
const requirement = 'confluent-kafka[avro,protobuf,json,schemaregistry]==2.12.1';
execFileSync('python3', ['-m', 'pip', 'install', '--quiet', '--target', `${folder}/python`, requirement], {
  stdio: 'inherit',
});
