import { appendLists } from './append-lists.ts';
import { bankTransfers } from './bank-transfers.ts';
import { copyRecords } from './copy-records.ts';
import { createTopics } from './create-topics.ts';
import { queueGroups } from './queue-groups.ts';
import type { Workload } from './workload.ts';

export const allWorkloads: readonly Workload[] = [
  appendLists,
  bankTransfers,
  copyRecords,
  queueGroups,
  createTopics,
];
