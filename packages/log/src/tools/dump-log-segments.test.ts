import { runTool, unavailable } from '@millrace/apache-kafka-peer';
import { nodeHost } from '@millrace/host';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSampleDirectory } from '../testing/sample-directory.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';

const reason = unavailable();
const host = nodeHost();
let directory: string;
let files: string[];
let written: Map<number, string>;

/** Kafka's tool for its own files, as the judge of ours. */
describe.skipIf(reason !== undefined)(
  `Apache Kafka's DumpLogSegments${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    beforeAll(async () => {
      directory = await temporaryDirectory(host);
      written = await writeSampleDirectory(host, { logDir: directory });
      files = (await host.disk.list(`${directory}/orders-0`))
        .map(({ name }) => `${directory}/orders-0/${name}`)
        .filter((name) => /\.(log|index|timeindex|txnindex|snapshot)$/.test(name));
    });

    afterAll(() => host.disk.removeDirectory(directory));

    test('reads our segments, indexes, transactions and snapshots without a complaint', () => {
      const flags = ['--deep-iteration', '--print-data-log', '--files', files.join(',')];
      const { status, output } = runTool('org.apache.kafka.tools.DumpLogSegments', flags);
      const lines = output.split('\n');
      expect(status).toBe(0);
      expect(lines.filter((line) => /mismatch|isvalid: false|exception|corrupt/i.test(line))).toEqual([]);
      const shown = new Map<number, string>();
      for (const line of lines) {
        const [, offset, key, value] = /\| offset: (\d+) .* key: (\S+) payload: (.*)$/.exec(line) ?? [];
        if (offset !== undefined) shown.set(Number(offset), `${key}=${value}`);
      }
      expect(shown).toEqual(written);
      expect(lines.filter((line) => /^producerId: 10\d/.test(line)).length).toBeGreaterThan(2);
      expect(lines.filter((line) => line.startsWith('version: 0 producerId: 102'))).toHaveLength(4);
      // Starting a Java machine takes its time where others use the processors.
    }, 120_000);
  },
);
