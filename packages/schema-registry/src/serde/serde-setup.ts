import { silentLogger, type Logger } from '@millrace/host';
import type { SchemaRegistryClient } from '../client/schema-registry-client.ts';
import type { RuleExecutors } from './contract-rules.ts';
import { SchemaLoader } from './schema-loader.ts';
import type { SerdeFormat } from './serde-format.ts';
import { serdeProperties, type SerdeProperties, type SerdeSettings } from './serde-properties.ts';
import { subjectNameStrategy, type SubjectNameStrategy } from './subject-name-strategy.ts';

/** What every serde takes, whatever its format. */
export interface SerdeOptions {
  readonly registry: SchemaRegistryClient;
  /** By Confluent's names. */
  readonly properties?: SerdeProperties;
  /** Finds subjects in place of the strategies that properties name. */
  readonly subjectName?: SubjectNameStrategy;
  /** The context that the schemas of a topic live in, such as `.prod`; the default one when undefined. */
  readonly contextName?: (topic: string) => string | undefined;
  /**
   * Execute the domain rules of data contracts, by the type of a rule. A rule that nothing executes fails every record,
   * unless it is disabled or its action on failure is NONE.
   */
  readonly ruleExecutors?: RuleExecutors;
  /** Told of properties that nobody knows. Default: nobody. */
  readonly logger?: Logger;
}

/** What serializer and deserializer of one serde stand on. */
export interface SerdeSetup<T> {
  readonly format: SerdeFormat<T>;
  readonly registry: SchemaRegistryClient;
  readonly settings: SerdeSettings;
  readonly loader: SchemaLoader;
  readonly strategies: Readonly<Record<'key' | 'value', SubjectNameStrategy>>;
  /** Whether subjects may be in different contexts, in which one id means different schemas. */
  readonly hasContexts: boolean;
  readonly ruleExecutors: RuleExecutors;
}

/** @throws InvalidPropertyError */
export function serdeSetup<T>(format: SerdeFormat<T>, options: SerdeOptions): SerdeSetup<T> {
  const { registry, properties = {}, logger = silentLogger, contextName } = options;
  const { values: settings, unknown } = serdeProperties.parse(properties);
  for (const { name, nearest } of unknown) {
    logger.warn('unknown property ignored', {
      property: name,
      ...(nearest === undefined ? {} : { nearest }),
    });
  }
  const strategyOf = (part: 'key' | 'value'): SubjectNameStrategy => {
    const strategy =
      options.subjectName ??
      subjectNameStrategy(settings[`${part}.subject.name.strategy`], registry, settings);
    return contextName === undefined ? strategy : inContext(strategy, contextName);
  };
  return {
    format,
    registry,
    settings,
    loader: new SchemaLoader(registry, format.schemaFormat, settings['max.schemas.per.subject']),
    strategies: { key: strategyOf('key'), value: strategyOf('value') },
    hasContexts: contextName !== undefined,
    ruleExecutors: options.ruleExecutors ?? {},
  };
}

function inContext(
  strategy: SubjectNameStrategy,
  contextName: (topic: string) => string | undefined,
): SubjectNameStrategy {
  return (question) => {
    const context = contextName(question.topic);
    const qualify = (subject: string) =>
      context === undefined || context === '.' || subject.startsWith(':.')
        ? subject
        : `:${context}:${subject}`;
    const subject = strategy(question);
    return subject instanceof Promise ? subject.then(qualify) : qualify(subject);
  };
}
