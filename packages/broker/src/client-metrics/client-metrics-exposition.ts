import type { ClientMetric, ClientMetricsEntry } from './client-metrics-store.ts';

/**
 * What clients have pushed (KIP-714), in Prometheus' text format, empty where nothing was: names with underscores for
 * dots (`org_apache_kafka_producer_record_send_total`), the client and the instance as labels beside those of the client.
 */
export function clientMetricsText(entries: Iterable<ClientMetricsEntry>): string {
  const families = new Map<string, { readonly kind: ClientMetric['kind']; readonly lines: string[] }>();
  for (const { client, metrics } of entries) {
    const own = [
      ['client_id', client.clientId],
      ['client_instance_id', client.instanceId],
    ] as const;
    for (const { name, kind, attributes, value } of metrics) {
      const family = metricName(name);
      let found = families.get(family);
      if (found === undefined) families.set(family, (found = { kind, lines: [] }));
      // A client that calls a counter a gauge must not make the whole page unreadable.
      if (found.kind !== kind) continue;
      // What a client says of itself does not replace what the broker knows of it.
      const labels = new Map([...attributes].map(([label, text]) => [metricName(label), text]));
      for (const [label, text] of own) labels.set(label, text);
      found.lines.push(`${family}{${[...labels].map(labelText).join()}} ${numberText(value)}`);
    }
  }
  return [...families]
    .map(([family, { kind, lines }]) => `# TYPE ${family} ${kind}\n${lines.join('\n')}\n`)
    .join('');
}

/** Letters, digits and underscores; anything else a client may send becomes an underscore. */
function metricName(name: string): string {
  const legal = name.replaceAll(/[^a-zA-Z0-9_]/g, '_');
  return /^\d/.test(legal) ? `_${legal}` : legal;
}

function labelText([label, text]: readonly [string, string]): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
  return `${label}="${escaped}"`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
