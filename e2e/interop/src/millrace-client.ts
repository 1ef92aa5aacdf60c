import { Consumer, Producer } from '@millrace/client';
import { codecs, type InteropClient } from './foreign-client.ts';
import { base64, type InteropRecord } from './interop-record.ts';

/** Our own client behind the same two calls, as the counterpart of every foreign one. */
export function openMillrace(bootstrapServers: string): InteropClient {
  const servers = { 'bootstrap.servers': bootstrapServers };
  return {
    name: '@millrace/client',
    codecs,
    lacks: [],
    async produce({ topic, codec }, records) {
      await using producer = new Producer({
        ...servers,
        'compression.type': codec,
        'batch.size': 500_000,
        'max.request.size': 4_000_000,
      });
      await producer.send(records.map((record) => ({ topic, partition: 0, ...decode(record) })));
    },
    async consume(topic, count) {
      const properties = {
        ...servers,
        'group.id': `millrace-${topic}`,
        'auto.offset.reset': 'earliest',
      } as const;
      await using consumer = new Consumer(properties);
      consumer.subscribe(topic);
      const records: InteropRecord[] = [];
      while (records.length < count) {
        const batch = await consumer.poll({ timeoutMs: 20_000 });
        if (batch.length === 0) throw new Error(`no record within 20 s after ${records.length}`);
        for (const { key, value, headers, timestampMs } of batch) {
          records.push({
            key: key === null ? null : base64(key),
            value: value === null ? null : base64(value),
            headers: headers.map((header) => [
              header.key,
              header.value === null ? null : base64(header.value),
            ]),
            timestampMs,
          });
        }
      }
      return records;
    },
  };
}

function decode(record: InteropRecord) {
  return {
    key: bytes(record.key),
    value: bytes(record.value),
    headers: record.headers.map(([key, value]) => ({ key, value: bytes(value) })),
    timestampMs: record.timestampMs,
  };
}

function bytes(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text, 'base64');
}
