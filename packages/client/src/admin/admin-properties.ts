import { property, PropertySet, type PropertyInput } from '@millrace/config';
import { clientProperties } from '../client-properties.ts';

/** Kafka's admin properties that this client knows, with Kafka's defaults. */
export const adminProperties = new PropertySet({
  ...clientProperties,
  'default.api.timeout.ms': property.int({
    default: 60_000,
    min: 0,
    doc: 'How long a call may take, retries included, unless it is given timeoutMs.',
  }),
});

/** What `new Admin(...)` takes: Kafka's names, as values or as text. */
export type AdminProperties = PropertyInput<typeof adminProperties.definitions>;
