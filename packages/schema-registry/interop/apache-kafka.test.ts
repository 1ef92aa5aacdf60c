import { Admin } from '@millrace/client';
import { startKafka, unavailable, type RunningKafka } from '@millrace/apache-kafka-peer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestRegistry } from '../src/server/testing/test-registry.ts';

const reason = unavailable();
const text = '"string"';

describe.skipIf(reason !== undefined)(
  `registries on Apache Kafka${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let kafka: RunningKafka;
    beforeAll(async () => {
      kafka = await startKafka();
    }, 60_000);
    afterAll(async () => {
      await kafka[Symbol.asyncDispose]();
    });

    test(
      'keep their schemas there, elect one that writes, and know everything after a restart',
      { timeout: 60_000 },
      async () => {
        const properties = { 'kafkastore.bootstrap.servers': kafka.bootstrapServers };
        {
          await using first = await TestRegistry.start(properties);
          await using second = await TestRegistry.start(properties);
          for (const [index, registry] of [first, second, first].entries()) {
            const register = () => registry.request(`POST /subjects/s-${index}/versions`, { schema: text });
            let answer = await register();
            // While instances join, nobody leads for a moment.
            while (answer.status === 500) answer = await register();
            expect(answer.body).toMatchObject({ id: 1, version: 1 });
            expect((await registry.request(`GET /subjects/s-${index}/versions`)).body).toEqual([1]);
          }
          expect([first, second].filter(({ server }) => server.isLeader)).toHaveLength(1);
          await first.request('DELETE /subjects/s-0');
          await second.request('DELETE /subjects/s-0?permanent=true');
        }
        await using admin = new Admin({ 'bootstrap.servers': kafka.bootstrapServers });
        const configs = await admin.describeConfigs([{ type: 'topic', name: '_schemas' }]);
        expect([...configs.values()][0]?.get('cleanup.policy')?.value).toBe('compact');
        await using registry = await TestRegistry.start(properties);
        expect((await registry.request('GET /subjects?deleted=true')).body).toEqual(['s-1', 's-2']);
        expect((await registry.request('GET /schemas/ids/1')).body).toMatchObject({ schema: text });
        expect((await registry.request('POST /subjects/t/versions', { schema: '"int"' })).body).toMatchObject(
          { id: 2 },
        );
      },
    );
  },
);
