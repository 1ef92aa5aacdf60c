import { describeConfigs, incrementalAlterConfigs } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const BROKER = 4;
const [SET, DELETE] = [0, 1];

/** A value for each: what a node may change while it runs, what it may not, what it does not know, what is wrong. */
const settings: Readonly<Record<string, string>> = {
  'sasl.kerberos.min.time.before.relogin': '58000',
  'sasl.kerberos.service.name': 'kafka',
  'sasl.kerberos.ticket.renew.jitter': 'much',
  'listener.name.plaintext.sasl.kerberos.kinit.cmd': '/usr/bin/kinit',
  'log.cleaner.threads': '2',
  'background.threads': 'many',
  'num.partitions': '3',
  'queued.max.requests': '7',
  'log.retention.ms': 'soon',
  'log.segment.bytes': '1',
  'conformance.of.nobody': 'x',
  'metrics.recording.level': 'INFO',
  'log.message.timestamp.before.max.ms': '1000',
};

export const script: CompareScript = {
  name: 'alter-broker-configs',
  title: 'IncrementalAlterConfigs of one node and of the default of all: dynamic, static, unknown, wrong.',
  known: [
    {
      step: 'one node: listener.name.*',
      field: '*.synonyms*',
      reason: 'a property of a listener does not name the one of the node as its synonym here',
    },
    ...['queued.max.requests', 'metrics.recording.level'].map((name) => ({
      step: `one node: ${name} is described, v4`,
      field: `*[${name}]`,
      reason: 'cannot be changed, changes nothing here, and is not listed',
    })),
  ],
  async run(peer) {
    for (const resourceName of ['1', '']) {
      const where = resourceName === '' ? 'all nodes' : 'one node';
      for (const [name, value] of Object.entries(settings)) {
        const alter = (label: string, configOperation: number, to: string | null) =>
          peer.ask(`${where}: ${label} ${name}`, incrementalAlterConfigs, 1, {
            resources: [
              { resourceType: BROKER, resourceName, configs: [{ name, configOperation, value: to }] },
            ],
            validateOnly: false,
          });
        await alter('set', SET, value);
        await peer.caughtUp();
        await peer.ask(`${where}: ${name} is described`, describeConfigs, 4, {
          resources: [{ resourceType: BROKER, resourceName, configurationKeys: [name] }],
          includeSynonyms: true,
        });
        await alter('delete', DELETE, null);
        await peer.caughtUp();
      }
    }
  },
};
