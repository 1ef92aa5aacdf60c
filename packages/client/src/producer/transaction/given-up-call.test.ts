import { Simulation } from '@millrace/host';
import { ApiKey } from '@millrace/protocol';
import { FindCoordinatorResponse } from '@millrace/protocol/messages/find-coordinator';
import { InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import { expect, it } from 'vitest';
import { TimeoutError } from '../../errors.ts';
import { metadataAnswer, usualVersions } from '../../testing/metadata-answer.ts';
import { ScriptedBroker, type ScriptedRequest } from '../../testing/scripted-broker.ts';
import { Producer } from '../producer.ts';

const versions = new Map([
  ...usualVersions,
  [ApiKey.FIND_COORDINATOR, [3, 3]] as const,
  [ApiKey.INIT_PRODUCER_ID, [4, 4]] as const,
]);

const identity = { throttleTimeMs: 0, errorCode: 0, producerId: 7, producerEpoch: 0 };

/**
 * 1. a call waits to learn who its coordinator is, longer than max.block.ms: it is given up
 * 2. the coordinator becomes known
 * 3. the application calls again: one request is sent, not the one that was given up as well
 */
it('a call that was given up before it was sent is never sent', () => {
  const simulation = new Simulation({ seed: 'given up' });
  return simulation.run(async () => {
    const host = simulation.host('client');
    const asked: ScriptedRequest[] = [];
    await using broker: ScriptedBroker = await ScriptedBroker.start(host, versions, (request) => {
      if (request.apiKey === ApiKey.METADATA)
        request.answer(MetadataResponse, metadataAnswer([broker.port], []));
      else if (request.apiKey === ApiKey.FIND_COORDINATOR) asked.push(request);
      else request.answer(InitProducerIdResponse, identity);
    });
    await using producer = new Producer(
      { 'bootstrap.servers': broker.bootstrapServers, 'transactional.id': 't', 'max.block.ms': 1000 },
      { host },
    );
    await expect(producer.initTransactions()).rejects.toThrow(TimeoutError);
    const again = producer.initTransactions();
    const coordinator = { errorCode: 0, errorMessage: null, nodeId: 0, host: '127.0.0.1', port: broker.port };
    for (const request of asked)
      request.answer(FindCoordinatorResponse, { throttleTimeMs: 0, ...coordinator });
    await again;
    expect(broker.requests.filter(({ apiKey }) => apiKey === ApiKey.INIT_PRODUCER_ID)).toHaveLength(1);
  });
});
