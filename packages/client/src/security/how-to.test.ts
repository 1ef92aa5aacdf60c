import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Broker } from '@millrace/broker';
import { parsePropertiesFile } from '@millrace/config';
import { CertificateAuthority } from '@millrace/test-certificates';
import { expect, test } from 'vitest';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
const pages = ['secure-a-node', 'connect-a-client-securely'].map((name) =>
  readFileSync(join(packageFolder, `../../docs/how-to/${name}.md`), 'utf8'),
);
const run = promisify(execFile);

function blocks(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
    (match) => match[1] ?? '',
  );
}

test('the pages about security work as they are written', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-how-to-'));
  const authority = new CertificateAuthority();
  const own = authority.issue({ subject: [['CN', 'broker']] });
  writeFileSync(join(folder, 'node.pem'), own.key + own.certificate);
  writeFileSync(join(folder, 'authority.pem'), authority.certificate);
  const [secure = '', connect = ''] = pages;
  const properties = parsePropertiesFile(blocks(secure, 'properties')[0]!, 'secure-a-node.md');
  const { 'advertised.listeners': _addresses, ...others } = properties;
  const broker = await Broker.start({
    ...others,
    listeners: 'OUTSIDE://127.0.0.1:0,LOCAL://127.0.0.1:0',
    'ssl.keystore.location': join(folder, 'node.pem'),
    'log.dirs': join(folder, 'data'),
  });
  try {
    const code = (text: string) =>
      text
        .replaceAll('127.0.0.1:9092', `127.0.0.1:${broker.addressOf('LOCAL')!.port}`)
        .replaceAll('broker.example:9093', `127.0.0.1:${broker.addressOf('OUTSIDE')!.port}`)
        .replaceAll('/etc/millrace', folder);
    const examples = [...blocks(secure, 'ts'), ...blocks(connect, 'ts')];
    expect(examples).toHaveLength(4);
    const { stdout } = await run(
      process.execPath,
      [
        '--conditions=@millrace/source',
        '--input-type=module-typescript',
        '--eval',
        code(inOneProgram(examples)),
      ],
      { cwd: packageFolder, encoding: 'utf8' },
    );
    const printed = [...examples.join('').matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map(
      (match) => match[1],
    );
    expect(stdout.trimEnd().split('\n')).toEqual(printed);
  } finally {
    await broker.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A process takes a second to start; each example is a block of its own. */
function inOneProgram(examples: readonly string[]): string {
  const imports = "import { Admin, Producer } from '@millrace/client';";
  const bodies = examples.map((example) =>
    example
      .split('\n')
      .filter((line) => !line.startsWith('import '))
      .join('\n'),
  );
  return [imports, ...bodies.map((body) => `{\n${body}\n}`)].join('\n');
}
