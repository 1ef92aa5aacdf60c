/**
 * The schema registry for Kafka: server, compatibility rules, client and serdes for Avro, Protobuf and JSON Schema.
 *
 * ```ts
 * import { SchemaRegistryClient } from '@millrace/schema-registry';
 *
 * const registry = new SchemaRegistryClient({ 'schema.registry.url': 'http://127.0.0.1:8081' });
 * const { id } = await registry.subjects.register('orders-value', { schema: '"string"' });
 * const { schema } = await registry.schemas.byId(id);
 * console.log(schema); // "string"
 * ```
 *
 * @packageDocumentation
 */
export type {
  CompatibilityPolicy,
  Incompatibility,
  ParsedSchema,
  ParseOptions,
  ResolvedReference,
  SchemaFormat,
  SchemaType,
} from './format/schema-format.ts';

// The client of the REST API.
export { SchemaRegistryClient, type SchemaRegistryClientOptions } from './client/schema-registry-client.ts';
export {
  registryClientProperties,
  type RegistryClientProperties,
} from './client/registry-client-properties.ts';
export type {
  Association,
  AssociationBatchResult,
  AssociationChange,
  AssociationLifecycle,
  AssociationQuery,
  AssociationRequest,
  AssociationResult,
  CompatibilityAnswer,
  CompatibilityLevel,
  RegisteredSchema,
  RegistrationResult,
  RegistryConfig,
  RegistryConfigChange,
  RegistryMode,
  SchemaEntity,
  SchemaMetadata,
  SchemaReferenceEntity,
  SchemaRule,
  SchemaRuleSet,
  SchemaTags,
  SubjectVersion,
} from './client/registry-entities.ts';

// Serdes.
export { SchemaSerde, type SchemaSerdeOptions } from './serde/schema-serde.ts';
export type { SerdeOptions } from './serde/serde-setup.ts';
export type { RuleContext, RuleExecutor, RuleExecutors } from './serde/contract-rules.ts';
export type { DecoderRequest, PayloadDecoder, PayloadEncoder, SerdeFormat } from './serde/serde-format.ts';
export { serdeProperties, type SerdeProperties } from './serde/serde-properties.ts';
export type { SubjectNameStrategy, SubjectQuestion } from './serde/subject-name-strategy.ts';

// Errors.
export {
  DeserializationError,
  IncompatibleReaderError,
  InvalidSchemaError,
  RegistryAuthenticationError,
  RegistryBadResponseError,
  RegistryConfigError,
  registryErrors,
  RegistryRefusedError,
  RegistryUnavailableError,
  RuleError,
  SerializationError,
  SubjectNameError,
  type SchemaPlace,
} from './errors.ts';
