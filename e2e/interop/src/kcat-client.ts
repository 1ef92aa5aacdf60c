import { codecs, type InteropClient } from './foreign-client.ts';
import { base64, type InteropRecord } from './interop-record.ts';
import { runProcess } from './run-process.ts';

interface KcatMessage {
  readonly key: string | null;
  readonly payload: string | null;
  readonly headers?: readonly string[];
  readonly ts: number;
}

/**
 * kcat. It reads records from lines, so it gets those whose bytes are text without its separators; a null value is an
 * empty one under `-Z`, and timestamps are its own.
 */
export async function openKcat(bootstrapServers: string): Promise<InteropClient | undefined> {
  try {
    await runProcess('kcat', ['-V']);
  } catch {
    return undefined;
  }
  const base = [
    '-b',
    bootstrapServers,
    '-X',
    'message.max.bytes=4000000',
    '-X',
    'fetch.message.max.bytes=4000000',
  ];
  return {
    name: 'kcat',
    codecs,
    lacks: ['headers', 'timestamps', 'empty values'],
    async produce({ topic, codec }, records) {
      const lines = records.map((record) => `${text(record.key)}\t${text(record.value)}\n`).join('');
      await runProcess('kcat', [...base, '-P', '-t', topic, '-p', '0', '-z', codec, '-K', '\t', '-Z'], lines);
    },
    async consume(topic, count) {
      const group = `kcat-${topic}`;
      const limits = ['-c', String(count), '-X', 'auto.offset.reset=earliest', '-J'];
      const { stdout } = await runProcess('kcat', [...base, '-G', group, ...limits, topic]);
      return stdout.trimEnd().split('\n').map(parse);
    },
  };
}

function text(value: string | null): string {
  return value === null ? '' : Buffer.from(value, 'base64').toString();
}

function parse(line: string): InteropRecord {
  const message = JSON.parse(line) as KcatMessage;
  return {
    key: message.key === null ? null : base64(message.key),
    value: message.payload === null ? null : base64(message.payload),
    headers: [],
    timestampMs: message.ts,
  };
}
