import type { SchemaRegistryClient } from '../client/schema-registry-client.ts';
import { LookupCache } from '../client/lookup-cache.ts';
import { RegistryRefusedError, SubjectNameError } from '../errors.ts';
import type { SerdeSettings, SubjectNameStrategyName } from './serde-properties.ts';

/** What a subject is found by. */
export interface SubjectQuestion {
  readonly topic: string;
  readonly part: 'key' | 'value';
  /** The full record or message name; undefined for an unnamed schema, or where none is known. */
  readonly recordName: string | undefined;
}

/** Finds the subject of a record's key or value; at once when it need not ask anybody. */
export type SubjectNameStrategy = (question: SubjectQuestion) => string | Promise<string>;

const NOT_FOUND = 404;

const plainStrategies = {
  TopicNameStrategy: ({ topic, part }: SubjectQuestion) => `${topic}-${part}`,
  RecordNameStrategy: (question: SubjectQuestion) => recordName(question, 'RecordNameStrategy'),
  TopicRecordNameStrategy: (question: SubjectQuestion) =>
    `${question.topic}-${recordName(question, 'TopicRecordNameStrategy')}`,
} satisfies Record<string, (question: SubjectQuestion) => string>;

const fallbacks = {
  TOPIC: plainStrategies.TopicNameStrategy,
  RECORD: plainStrategies.RecordNameStrategy,
  TOPIC_RECORD: plainStrategies.TopicRecordNameStrategy,
  NONE: ({ topic, part }: SubjectQuestion): string => {
    throw new SubjectNameError(
      `The ${part} of topic "${topic}" is associated with no subject, and subject.name.strategy.fallback.type is NONE`,
    );
  },
};

/** The strategy of that name. */
export function subjectNameStrategy(
  name: SubjectNameStrategyName,
  registry: SchemaRegistryClient,
  settings: SerdeSettings,
): SubjectNameStrategy {
  return name === 'AssociatedNameStrategy' ? associated(registry, settings) : plainStrategies[name];
}

/** Asks the registry which subject a topic is associated with, and remembers the answer, "none" included. */
function associated(registry: SchemaRegistryClient, settings: SerdeSettings): SubjectNameStrategy {
  const namespace = settings['subject.name.strategy.kafka.cluster.id'] || '-';
  const fallback = fallbacks[settings['subject.name.strategy.fallback.type']];
  const expirySeconds = settings['subject.name.strategy.cache.expiry.secs'];
  const remembered = new LookupCache<string, { readonly subject: string | undefined }>({
    maxEntries: settings['subject.name.strategy.cache.size'],
    ttlMs: expirySeconds * 1000,
    nowMs: () => registry.host.clock.monotonicMs(),
  });
  return (question) => {
    const { topic, part } = question;
    const found = remembered.getOrLookUp(`${part} ${topic}`, () =>
      askForAssociation(registry, { namespace, topic, part }),
    );
    if (found instanceof Promise) return found.then(({ subject }) => subject ?? fallback(question));
    return found.subject ?? fallback(question);
  };
}

async function askForAssociation(
  registry: SchemaRegistryClient,
  { namespace, topic, part }: { namespace: string; topic: string; part: 'key' | 'value' },
): Promise<{ subject: string | undefined }> {
  const query = { resourceType: 'topic', associationType: [part] };
  try {
    const associations = await registry.associations.ofResource(namespace, topic, query);
    if (associations.length > 1) {
      const subjects = associations.map(({ subject }) => subject).join(', ');
      throw new SubjectNameError(
        `The ${part} of topic "${topic}" is associated with ${associations.length} subjects (${subjects}); ` +
          'name the cluster with subject.name.strategy.kafka.cluster.id',
      );
    }
    return { subject: associations[0]?.subject };
  } catch (error) {
    // A registry that knows nothing of associations answers so too.
    if (error instanceof RegistryRefusedError && error.status === NOT_FOUND) return { subject: undefined };
    throw error;
  }
}

function recordName({ topic, part, recordName: name }: SubjectQuestion, strategy: string): string {
  if (name !== undefined) return name;
  throw new SubjectNameError(
    `${strategy} needs the name of the record, but the schema of the ${part} of topic "${topic}" has none`,
  );
}
