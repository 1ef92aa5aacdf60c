import { channel, tracingChannel } from 'node:diagnostics_channel';

/** What the channels are called, and what they carry; the reference page is made of this. */
export const channelDefinitions = {
  'millrace:client:connection:opened': {
    kind: 'channel',
    when: 'A socket to a broker is open.',
    fields: 'clientId, nodeId, address',
  },
  'millrace:client:connection:closed': {
    kind: 'channel',
    when: 'A connection has ended, for whatever reason.',
    fields: 'clientId, nodeId, address, error?',
  },
  'millrace:client:request:answered': {
    kind: 'channel',
    when: 'A broker has answered a request.',
    fields:
      'clientId, api, apiKey, version, nodeId, address, correlationId, createdMs, sentMs, requestBytes, durationMs, responseBytes, throttleMs',
  },
  'millrace:client:request:lost': {
    kind: 'channel',
    when: 'A request will get no answer: timed out, or the connection was lost.',
    fields: 'as above up to requestBytes, error',
  },
  'millrace:client:batch:settled': {
    kind: 'channel',
    when: 'A batch of records is written as acks says, or has failed.',
    fields: 'clientId, topic, partition, recordCount, sizeBytes, attempts, durationMs, baseOffset, error?',
  },
  'millrace:client:batch:retried': {
    kind: 'channel',
    when: 'A batch goes back into its queue, to be sent again.',
    fields: 'clientId, topic, partition, recordCount, attempts, error?',
  },
  'millrace:client:send': {
    kind: 'tracing channel',
    when: 'producer.send(), from the call until its promise settles.',
    fields: 'clientId, records, result?, error?',
  },
  'millrace:client:fetch': {
    kind: 'channel',
    when: 'Records were handed out by poll(), for await or run().',
    fields: 'clientId, topic, partition, recordCount, lagRecords',
  },
  'millrace:client:commit': {
    kind: 'tracing channel',
    when: 'A commit of offsets, from the request until its answer.',
    fields: 'clientId, groupId, offsets, error?',
  },
  'millrace:client:process': {
    kind: 'tracing channel',
    when: 'A handler of run(), for each record or batch.',
    fields: 'clientId, records, error?',
  },
} as const satisfies Readonly<
  Record<
    string,
    { readonly kind: 'channel' | 'tracing channel'; readonly when: string; readonly fields: string }
  >
>;

export const connectionOpened = channel('millrace:client:connection:opened');
export const connectionClosed = channel('millrace:client:connection:closed');
export const requestAnswered = channel('millrace:client:request:answered');
export const requestLost = channel('millrace:client:request:lost');
export const batchSettled = channel('millrace:client:batch:settled');
export const batchRetried = channel('millrace:client:batch:retried');
export const recordsFetched = channel('millrace:client:fetch');
export const sending = tracingChannel('millrace:client:send');
export const committing = tracingChannel('millrace:client:commit');
export const processing = tracingChannel('millrace:client:process');
