import {
  describeConfigs,
  getTelemetrySubscriptions,
  incrementalAlterConfigs,
  pushTelemetry,
} from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const CLIENT_METRICS = 16;
const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3];
const NO_ID = 'AAAAAAAAAAAAAAAAAAAAAA';
/** Neither node advertises the two APIs, having nowhere to put metrics; both answer who asks. */
const VERSION = 0;

export const script: CompareScript = {
  name: 'client-metrics',
  title:
    'Client metrics resources, set, changed and wrong; subscriptions by them, pushes in time and out of it.',
  async run(peer) {
    const name = peer.unique('subscription');
    const alter = (
      label: string,
      configs: readonly (readonly [name: string, value: string | null, operation?: number])[],
      resourceName = name,
    ) =>
      peer.ask(label, incrementalAlterConfigs, 1, {
        resources: [
          {
            resourceType: CLIENT_METRICS,
            resourceName,
            configs: configs.map(([key, value, configOperation = SET]) => ({
              name: key,
              value,
              configOperation,
            })),
          },
        ],
        validateOnly: false,
      });
    const describe = async (label: string, resourceName = name) => {
      await peer.caughtUp();
      for (const version of peer.versions(describeConfigs)) {
        const { results } = await peer.quietly(describeConfigs, version, {
          resources: [{ resourceType: CLIENT_METRICS, resourceName, configurationKeys: null }],
          includeSynonyms: true,
          includeDocumentation: false,
        });
        peer.note(
          `described ${label}, v${version}`,
          results.map(({ errorCode, configs }) => ({ errorCode, configs })),
        );
      }
    };
    await describe('before there is one');
    await alter('all three', [
      ['metrics', 'org.apache.kafka.producer.,org.apache.kafka.consumer.coordinator.rebalance.latency.max'],
      ['interval.ms', '150000'],
      ['match', 'client_software_name=nobody,client_software_version=1\\..*'],
    ]);
    await describe('with all three');
    await alter('one more metric', [['metrics', 'org.apache.kafka.admin.', APPEND]]);
    await alter('one metric less', [['metrics', 'org.apache.kafka.producer.', SUBTRACT]]);
    await alter('no match', [['match', null, DELETE]]);
    await describe('with two');
    await alter('without a name', [['interval.ms', '1000']], '');
    await alter('an interval too short', [['interval.ms', '99']]);
    await alter('an interval too long', [['interval.ms', '3600001']]);
    await alter('an interval that is none', [['interval.ms', 'soon']]);
    await alter('an unknown setting', [['colour', 'red']]);
    await alter('an unknown attribute', [['match', 'client_colour=red']]);
    await alter('no attribute', [['match', 'red']]);
    await alter('an expression that is none', [['match', 'client_id=(']]);
    await alter('appending to a number', [['interval.ms', '1', APPEND]]);
    await describe('without a name', '');
    await peer.caughtUp();

    const get = (label: string, clientInstanceId: string) =>
      peer.ask(label, getTelemetrySubscriptions, VERSION, { clientInstanceId });
    const first = await get('a new client', NO_ID);
    await get('too early', first.clientInstanceId);
    const push = (label: string, change: object = {}) =>
      peer.ask(label, pushTelemetry, VERSION, {
        clientInstanceId: first.clientInstanceId,
        subscriptionId: first.subscriptionId,
        terminating: false,
        compressionType: 0,
        metrics: Buffer.alloc(0),
        ...change,
      });
    await push('nothing');
    await push('too early');
    await push('no id', { clientInstanceId: NO_ID });
    await push('a reserved id', { clientInstanceId: 'AAAAAAAAAAAAAAAAAAAAAg' });
    const second = await get('another client', NO_ID);
    const other = { clientInstanceId: second.clientInstanceId, subscriptionId: second.subscriptionId };
    await push('with the subscription of another', { ...other, subscriptionId: first.subscriptionId + 1 });
    const third = await get('a third client', NO_ID);
    const last = { clientInstanceId: third.clientInstanceId, subscriptionId: third.subscriptionId };
    await push('in an unknown compression', { ...last, compressionType: 9 });
    const fourth = await get('a fourth client', NO_ID);
    const large = { clientInstanceId: fourth.clientInstanceId, subscriptionId: fourth.subscriptionId };
    await push('too much', { ...large, metrics: Buffer.alloc(1_048_577) });
    await push('the last', { ...large, terminating: true });
    await push('after the last', { ...large, terminating: true });
    await alter('nothing is wanted any more', [
      ['metrics', null, DELETE],
      ['interval.ms', null, DELETE],
    ]);
    await peer.caughtUp();
    await get('after the change, at once', first.clientInstanceId);
  },
};
