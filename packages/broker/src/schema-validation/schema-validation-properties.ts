import { property, PropertySet } from '@millrace/config';

const TOPIC_NAME = 'io.confluent.kafka.serializers.subject.TopicNameStrategy';
const strategies = [
  TOPIC_NAME,
  'io.confluent.kafka.serializers.subject.RecordNameStrategy',
  'io.confluent.kafka.serializers.subject.TopicRecordNameStrategy',
] as const;

/** Where this node asks about schemas, by the name of Confluent's broker. */
export const schemaRegistryProperties = {
  'confluent.schema.registry.url': property.list({
    default: [],
    doc: 'Addresses of schema registries, tried in turn, for topics that have their schemas validated.',
  }),
};

function validation(part: string) {
  return property.boolean({
    default: false,
    updateMode: 'cluster-wide',
    doc: `Whether the ${part} of each record must begin with the id of a schema that is registered for the topic.`,
  });
}

function strategy(part: string) {
  return property.string({
    default: TOPIC_NAME,
    oneOf: strategies,
    updateMode: 'cluster-wide',
    doc: `The subjects that schemas of the ${part} belong to, as serializers name them.`,
  });
}

/** What a topic can ask for, by the names of Confluent's broker. */
export const schemaValidationProperties = new PropertySet({
  'confluent.key.schema.validation': validation('key'),
  'confluent.value.schema.validation': validation('value'),
  'confluent.key.subject.name.strategy': strategy('key'),
  'confluent.value.subject.name.strategy': strategy('value'),
});

export type SchemaPart = 'key' | 'value';
export type SubjectNaming = 'topic' | 'record' | 'topic-record';

/** How one part of a topic's records is named. Undefined: it is not validated. */
export function validatedNaming(
  overrides: ReadonlyMap<string, string>,
  part: SchemaPart,
): SubjectNaming | undefined {
  if (overrides.get(`confluent.${part}.schema.validation`) !== 'true') return undefined;
  const name = overrides.get(`confluent.${part}.subject.name.strategy`) ?? TOPIC_NAME;
  if (name.endsWith('.TopicRecordNameStrategy')) return 'topic-record';
  return name.endsWith('.RecordNameStrategy') ? 'record' : 'topic';
}
