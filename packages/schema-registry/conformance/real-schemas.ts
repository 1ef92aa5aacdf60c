// Schemas of other people through everything that a registry does with them, in all three formats:
//   npm run conformance:real-schemas            every 20th of the .proto files
//   npm run conformance:real-schemas -- 1       all of them
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const step = process.argv[2] ?? '20';
const formats = [
  ['Avro', 'real-avro-schemas.ts', []],
  ['JSON Schema', 'real-json-schemas.ts', []],
  ['Protobuf', 'real-protos.ts', [step]],
] as const;

const summary: string[] = [];
for (const [format, script, parameters] of formats) {
  const { code, lastLine } = await run(script, parameters);
  summary.push(`${code === 0 ? 'ok    ' : 'FAILED'} ${format}: ${lastLine}`);
  if (code !== 0) process.exitCode = 1;
}
process.stdout.write(`\n${summary.join('\n')}\n`);

async function run(
  script: string,
  parameters: readonly string[],
): Promise<{ readonly code: number | null; readonly lastLine: string }> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@millrace/source', path, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    process.stdout.write(chunk);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, lastLine: text.trimEnd().split('\n').at(-1) ?? '' };
}
