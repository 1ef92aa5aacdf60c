import { property } from '@millrace/config';

const addressCounts = property.list({
  default: [],
  doc: 'Other limits for single remote addresses, as ADDRESS:COUNT.',
  updateMode: 'cluster-wide',
});

/** How the rates of quotas are measured, and limits on connections. */
export const quotaProperties = {
  'quota.window.num': property.int({
    default: 11,
    min: 1,
    doc: 'Samples over which the rates of client quotas are measured.',
  }),
  'quota.window.size.seconds': property.int({
    default: 1,
    min: 1,
    doc: 'Length of a sample of client quotas.',
  }),
  'controller.quota.window.num': property.int({
    default: 11,
    min: 1,
    doc: 'Samples for which partitions of `controller_mutation_rate` may be saved up.',
  }),
  'controller.quota.window.size.seconds': property.int({
    default: 1,
    min: 1,
    doc: 'Length of a sample of `controller_mutation_rate`.',
  }),
  'queued.max.request.bytes': property.long({
    default: 268435456,
    doc: 'Memory for requests over 64 KiB, of all connections together, from their first bytes to their answers. Those that find no room wait, and their sockets with them; one always has room. 0 or less: no limit, which is the default of Kafka.',
  }),
  'queued.max.response.bytes': property.long({
    default: 268435456,
    doc: 'Memory for records in answers that peers have not taken yet, of all connections together. When little is left, answers to Fetch requests get shorter, down to a megabyte or one batch. 0 or less: no limit. Not a Kafka property.',
  }),
  'max.connections': property.int({
    default: 2147483647,
    min: 0,
    doc: 'Connections served at a time; further ones are closed as they arrive, unless they come in by a listener that is for other nodes alone.',
    updateMode: 'cluster-wide',
  }),
  'max.connections.per.ip': property.int({
    default: 2147483647,
    min: 0,
    doc: 'Connections served at a time for one remote address.',
    updateMode: 'cluster-wide',
  }),
  'max.connections.per.ip.overrides': {
    ...addressCounts,
    // To Kafka it is text, which nothing can be added to.
    type: 'string',
    range: 'any of ADDRESS:COUNT',
    parse(raw: Parameters<typeof addressCounts.parse>[0]) {
      const items = addressCounts.parse(raw);
      if (items.every((item) => /^.+:\d+$/.test(item))) return items;
      throw new RangeError('a list of ADDRESS:COUNT');
    },
  },
  'max.connection.creation.rate': property.int({
    default: 2147483647,
    min: 1,
    doc: 'New connections per second that are served; those above wait. A client quota `connection_creation_rate` limits single addresses.',
    updateMode: 'cluster-wide',
  }),
} as const;
