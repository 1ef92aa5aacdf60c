import type { QuotaKind } from '../../quota/broker-quotas.ts';
import type { QuotaReading } from '../../quota/rate-quota.ts';
import type { MetricDefinition, MetricGroup } from '../metric-definition.ts';

function perOwner(
  kind: QuotaKind,
  attribute: string,
  help: string,
  read: (reading: QuotaReading) => number,
): MetricDefinition {
  const type = kind[0]!.toUpperCase() + kind.slice(1);
  return {
    name: `kafka_server_${kind}_${attribute.replaceAll('-', '_')}`,
    type: 'gauge',
    labels: ['user', 'client_id'],
    mbean: `kafka.server:type=${type},user=*,client-id=* ${attribute}`,
    help,
    *read({ quotas }) {
      for (const reading of quotas.readings(kind)) {
        const { user, clientId } = reading.owner;
        // As in JMX, what is empty is left out.
        const labels = {
          ...(user === '' ? {} : { user }),
          ...(clientId === '' ? {} : { client_id: clientId }),
        };
        yield { labels, value: read(reading) };
      }
    },
  };
}

const rate = ({ perSec }: QuotaReading) => perSec;
const throttle = ({ throttleMs }: QuotaReading) => throttleMs;
const whom = 'by who has a limit: a user, a client id, or both';

export const quotaMetrics: MetricGroup = {
  title: 'Quotas',
  metrics: [
    perOwner('produce', 'byte-rate', `Bytes produced per second, ${whom}`, rate),
    perOwner(
      'produce',
      'throttle-time',
      'Milliseconds for which a producer had to be quiet each time, on average',
      throttle,
    ),
    perOwner('fetch', 'byte-rate', `Bytes fetched per second, ${whom}`, rate),
    perOwner(
      'fetch',
      'throttle-time',
      'Milliseconds for which a consumer had to be quiet each time, on average',
      throttle,
    ),
    perOwner('request', 'request-time', `Percent of the event loop's time, ${whom}`, rate),
    perOwner(
      'request',
      'throttle-time',
      'Milliseconds for which a client had to be quiet each time for the time it took, on average',
      throttle,
    ),
  ],
};
