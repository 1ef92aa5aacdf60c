import { metrics, type Attributes, type Meter, type Observable } from '@opentelemetry/api';
import type { Metric } from '@millrace/client';

/** Any client of `@millrace/client`. */
export interface MeasuredClient {
  metrics(): Metric[];
}

/**
 * Shows the metrics of a client to OpenTelemetry: `record-send-rate` of the group `producer-metrics` becomes
 * `kafka.producer.record_send_rate`, totals become counters. They are looked up when a reader collects.
 * @returns a function that ends it
 */
export function observeClient(
  client: MeasuredClient,
  meter: Meter = metrics.getMeter('@millrace/client-opentelemetry'),
): () => void {
  const observables = new Map<string, Observable>();
  const collected = new Set<Observable>();
  const stops: (() => void)[] = [];
  const observableOf = (metric: Metric): Observable => {
    const name = observedName(metric);
    let observable = observables.get(name);
    if (observable === undefined) {
      observable = metric.name.endsWith('-total')
        ? meter.createObservableCounter(name)
        : meter.createObservableGauge(name);
      observables.set(name, observable);
    }
    return observable;
  };
  // What did not exist at the last collection, a new topic for instance, has its observable by the next one.
  const prepare = () => {
    const fresh = client
      .metrics()
      .map(observableOf)
      .filter((observable) => !collected.has(observable));
    if (fresh.length === 0) return;
    for (const observable of fresh) collected.add(observable);
    const group = [...new Set(fresh)];
    const callback = (result: {
      observe(observable: Observable, value: number, attributes: Attributes): void;
    }) => {
      for (const metric of client.metrics()) {
        const observable = observables.get(observedName(metric));
        if (observable === undefined || !group.includes(observable) || Number.isNaN(metric.value)) continue;
        result.observe(observable, metric.value, observedTags(metric));
      }
      prepare();
    };
    meter.addBatchObservableCallback(callback, group);
    stops.push(() => meter.removeBatchObservableCallback(callback, group));
  };
  prepare();
  return () => {
    for (const stop of stops) stop();
  };
}

function observedName({ group, name }: Metric): string {
  const area = group.replace(/(-metrics)$/, '').replace(/^(producer|consumer|admin-client)-?/, '$1.');
  return `kafka.${area}.${name}`.replaceAll('..', '.').replaceAll('-', '_');
}

function observedTags({ tags }: Metric): Attributes {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.replaceAll('-', '.'), value]));
}
