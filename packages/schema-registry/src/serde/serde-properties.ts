import { property, PropertySet, type PropertyDefinition, type PropertyInput } from '@millrace/config';

/** Subject name strategies, by the last part of Confluent's class names. */
export type SubjectNameStrategyName =
  | 'TopicNameStrategy'
  | 'RecordNameStrategy'
  | 'TopicRecordNameStrategy'
  | 'AssociatedNameStrategy';

const strategies: readonly SubjectNameStrategyName[] = [
  'TopicNameStrategy',
  'RecordNameStrategy',
  'TopicRecordNameStrategy',
  'AssociatedNameStrategy',
];

const STRATEGY_DOC =
  'How the subject is found: TopicNameStrategy, RecordNameStrategy, TopicRecordNameStrategy, or AssociatedNameStrategy, ' +
  'which asks the registry and else falls back. Names of Java classes are understood.';
const ID_SERIALIZER_DOC =
  'Where the schema is named: PrefixSchemaIdSerializer writes its id before the payload, HeaderSchemaIdSerializer its ' +
  'GUID into a header. Names of Java classes are understood.';

/** Typed as text, so that a property is not taken for one that can only be empty. */
const NONE: string = '';

/** The properties of serializers and deserializers, by Confluent's names and with its defaults. */
export const serdeProperties = new PropertySet({
  'auto.register.schemas': property.boolean({
    default: true,
    doc: 'A serializer registers its schema. When false it looks for one: by the properties below, else its own text.',
  }),
  'normalize.schemas': property.boolean({
    default: false,
    doc: 'Register and look up the normalised form, so that order and spelling make no new version.',
  }),
  'use.schema.id': property.int({
    default: -1,
    doc: 'Write with the schema of this id. Needs auto.register.schemas=false.',
  }),
  'use.schema.guid': property.string({
    default: NONE,
    doc: 'Write with the schema of this GUID. Needs auto.register.schemas=false.',
  }),
  'id.compatibility.strict': property.boolean({
    default: true,
    doc: "The schema of use.schema.id or use.schema.guid must be able to read what the serializer's own would write.",
  }),
  'use.latest.version': property.boolean({
    default: false,
    doc: 'Write with the latest version of the subject (needs auto.register.schemas=false); read into it.',
  }),
  'latest.compatibility.strict': property.boolean({
    default: true,
    doc: "The latest version must be able to read what the serializer's own schema would write.",
  }),
  'use.latest.with.metadata': property.string({
    default: NONE,
    doc: 'As use.latest.version, of the versions whose metadata has all these properties: name=value, comma-separated.',
  }),
  'latest.cache.size': property.int({ default: 1000, min: 1, doc: 'Latest versions that are remembered.' }),
  'latest.cache.ttl.sec': property.int({
    default: -1,
    doc: 'How long a latest version counts as the latest; for ever when -1.',
  }),
  'max.schemas.per.subject': property.int({
    default: 1000,
    min: 1,
    doc: 'Encoders and decoders that a serde remembers, each.',
  }),
  'missing.id.cache.ttl.sec': property.int({
    default: 0,
    min: 0,
    doc: 'How long an id that the registry does not know is taken as unknown without asking again.',
  }),
  'key.subject.name.strategy': className<SubjectNameStrategyName>(
    'AssociatedNameStrategy',
    strategies,
    STRATEGY_DOC,
  ),
  'value.subject.name.strategy': className<SubjectNameStrategyName>(
    'AssociatedNameStrategy',
    strategies,
    STRATEGY_DOC,
  ),
  'subject.name.strategy.fallback.type': property.string({
    default: 'TOPIC',
    oneOf: ['TOPIC', 'RECORD', 'TOPIC_RECORD', 'NONE'],
    doc: 'What AssociatedNameStrategy does for a topic without an association; NONE is an error.',
  }),
  'subject.name.strategy.kafka.cluster.id': property.string({
    default: NONE,
    doc: 'The cluster whose associations AssociatedNameStrategy asks for; any when empty.',
  }),
  'subject.name.strategy.cache.size': property.int({
    default: 1000,
    min: 1,
    doc: 'Associations that AssociatedNameStrategy remembers.',
  }),
  'subject.name.strategy.cache.expiry.secs': property.int({
    default: -1,
    doc: 'How long AssociatedNameStrategy remembers them; for ever when -1.',
  }),
  'key.schema.id.serializer': className<SchemaIdSerializerName>(
    'PrefixSchemaIdSerializer',
    idSerializers(),
    ID_SERIALIZER_DOC,
  ),
  'value.schema.id.serializer': className<SchemaIdSerializerName>(
    'PrefixSchemaIdSerializer',
    idSerializers(),
    ID_SERIALIZER_DOC,
  ),
});

/** Where the schema of a record is named. */
export type SchemaIdSerializerName = 'PrefixSchemaIdSerializer' | 'HeaderSchemaIdSerializer';

/** Properties of a serde, as text or as values. */
export type SerdeProperties = PropertyInput<(typeof serdeProperties)['definitions']>;

/** The same, typed and with defaults. */
export type SerdeSettings = ReturnType<(typeof serdeProperties)['parse']>['values'];

function idSerializers(): readonly SchemaIdSerializerName[] {
  return ['PrefixSchemaIdSerializer', 'HeaderSchemaIdSerializer'];
}

/** A class of the Java client, of which the last part counts. */
function className<T extends string>(fallback: T, oneOf: readonly T[], doc: string): PropertyDefinition<T> {
  const base = property.string<T>({ default: fallback, oneOf, doc });
  return { ...base, parse: (raw) => base.parse(String(raw).split('.').at(-1) as string) };
}
