import type { Admin } from '@millrace/client';
import { formatTable } from '../output/table.ts';
import { commandCall } from '../options/with-admin.ts';
import { partitionsOf } from './list-partitions.ts';

interface DescribedPartition {
  readonly partition: number;
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
  readonly startOffset: number;
  readonly endOffset: number;
}

export interface DescribedTopic {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: readonly DescribedPartition[];
  /** Properties that differ from the default. */
  readonly configs: Readonly<Record<string, string | null>>;
}

export async function describeOne(admin: Admin, name: string, signal: AbortSignal): Promise<DescribedTopic> {
  const description = (await admin.describeTopics([name], commandCall(signal))).get(name)!;
  const partitions = await partitionsOf(admin, [name], signal);
  const [starts, ends, configs] = await Promise.all([
    admin.listOffsets(
      partitions.map((partition) => ({ ...partition, at: 'earliest' })),
      { signal },
    ),
    admin.listOffsets(
      partitions.map((partition) => ({ ...partition, at: 'latest' })),
      { signal },
    ),
    admin.describeConfigs([{ type: 'topic', name }], { signal }),
  ]);
  const overrides = [...(configs.get(`topic:${name}`)?.values() ?? [])].filter(
    (entry) => entry.source === 'DYNAMIC_TOPIC_CONFIG',
  );
  return {
    name,
    topicId: description.topicId,
    partitions: description.partitions.map((partition) => ({
      partition: partition.partition,
      leader: partition.leaderId,
      replicas: partition.replicas,
      inSyncReplicas: partition.inSyncReplicas,
      startOffset: starts.get(`${name}-${partition.partition}`)?.offset ?? -1,
      endOffset: ends.get(`${name}-${partition.partition}`)?.offset ?? -1,
    })),
    configs: Object.fromEntries(
      overrides.map((entry) => [entry.name, entry.isSensitive ? '[hidden]' : entry.value]),
    ),
  };
}

export function topicTables(topics: readonly DescribedTopic[]): string {
  return topics.map(topicTable).join('\n');
}

function topicTable({ name, topicId, partitions, configs }: DescribedTopic): string {
  const overrides = Object.entries(configs).map(([key, value]) => `${key}=${value}`);
  const table = formatTable({
    header: ['partition', 'leader', 'replicas', 'in sync', 'start', 'end', 'records'],
    rows: partitions.map((row) => [
      row.partition,
      row.leader,
      row.replicas.join(','),
      row.inSyncReplicas.join(','),
      row.startOffset,
      row.endOffset,
      row.endOffset - row.startOffset,
    ]),
  });
  return `${name}  id ${topicId}  ${overrides.join(' ') || 'default configuration'}\n${table.trimEnd()}`;
}
