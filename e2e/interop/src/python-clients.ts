import { join } from 'node:path';
import { codecs, type Codec, type InteropClient } from './foreign-client.ts';
import type { InteropRecord } from './interop-record.ts';
import { runProcess } from './run-process.ts';

const folder = join(import.meta.dirname, '../clients');
/** Debian's packages install for this interpreter, whichever else stands first in PATH. */
const python = '/usr/bin/python3';

interface PythonClient {
  readonly name: string;
  readonly script: string;
  readonly module: string;
  /** Modules that its codecs need. */
  readonly codecModules: Readonly<Partial<Record<Codec, string>>>;
}

export const confluentKafka: PythonClient = {
  name: 'python3-confluent-kafka (librdkafka)',
  script: 'confluent-kafka-client.py',
  module: 'confluent_kafka',
  codecModules: {},
};

export const kafkaPython: PythonClient = {
  name: 'python3-kafka',
  script: 'kafka-python-client.py',
  module: 'kafka',
  codecModules: { snappy: 'snappy', lz4: 'lz4', zstd: 'zstandard' },
};

/** `undefined` when Python or the module is not installed. */
export async function openPythonClient(
  client: PythonClient,
  bootstrapServers: string,
): Promise<InteropClient | undefined> {
  if (!(await canImport(client.module))) return undefined;
  const available: Codec[] = [];
  for (const codec of codecs) {
    const needed = client.codecModules[codec];
    if (needed === undefined || (await canImport(needed))) available.push(codec);
  }
  const run = async (job: Record<string, unknown>) => {
    const parameters = [join(folder, client.script)];
    const { stdout } = await runProcess(python, parameters, JSON.stringify({ bootstrapServers, ...job }));
    return JSON.parse(stdout) as { records: InteropRecord[] };
  };
  return {
    name: client.name,
    codecs: available,
    lacks: [],
    async produce(target, records) {
      await run({ action: 'produce', ...target, records });
    },
    async consume(topic, count) {
      return (await run({ action: 'consume', topic, count })).records;
    },
  };
}

async function canImport(module: string): Promise<boolean> {
  try {
    await runProcess(python, ['-c', `import ${module}`]);
    return true;
  } catch {
    return false;
  }
}
