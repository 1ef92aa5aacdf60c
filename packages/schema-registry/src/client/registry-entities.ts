import type { SchemaType } from '../format/schema-format.ts';

/** Which version of which subject a schema refers to, and by which name. */
export interface SchemaReferenceEntity {
  /** The Avro full name, the JSON `$ref` address, or the Protobuf import path. */
  readonly name: string;
  readonly subject: string;
  /** -1 means the latest one at the time of registration. */
  readonly version: number;
}

/** What is known about a schema beside its text. */
export interface SchemaMetadata {
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  readonly properties?: Readonly<Record<string, string>>;
  /** Names of properties that must not be shown. */
  readonly sensitive?: readonly string[];
}

/** One rule of a data contract. */
export interface SchemaRule {
  readonly name: string;
  readonly doc?: string;
  readonly kind?: 'TRANSFORM' | 'CONDITION';
  readonly mode?: 'UPGRADE' | 'DOWNGRADE' | 'UPDOWN' | 'WRITE' | 'READ' | 'WRITEREAD';
  readonly type: string;
  readonly tags?: readonly string[];
  readonly params?: Readonly<Record<string, string>>;
  readonly expr?: string;
  readonly onSuccess?: string;
  readonly onFailure?: string;
  readonly disabled?: boolean;
}

/** The rules of a data contract. */
export interface SchemaRuleSet {
  readonly migrationRules?: readonly SchemaRule[];
  readonly domainRules?: readonly SchemaRule[];
  readonly encodingRules?: readonly SchemaRule[];
  readonly enableAt?: string;
}

/** A schema as one hands it to the registry. */
export interface SchemaEntity {
  readonly schema: string;
  /** Avro when left out. */
  readonly schemaType?: SchemaType;
  readonly references?: readonly SchemaReferenceEntity[];
  readonly metadata?: SchemaMetadata;
  readonly ruleSet?: SchemaRuleSet;
  /** For an import, or as the version that registration is expected to give. */
  readonly version?: number;
  /** For an import. */
  readonly id?: number;
  readonly schemaTagsToAdd?: readonly SchemaTags[];
  readonly schemaTagsToRemove?: readonly SchemaTags[];
  readonly propagateSchemaTags?: boolean;
}

/** Tags of one part of a schema. */
export interface SchemaTags {
  readonly schemaEntity: { readonly entityPath: string; readonly entityType: 'sr_record' | 'sr_field' };
  readonly tags: readonly string[];
}

/** A schema as the registry gives it. Which members are there depends on the endpoint and the age of the server. */
export interface RegisteredSchema {
  readonly schema: string;
  /** Always set, also where a server leaves it out for Avro. */
  readonly schemaType: SchemaType;
  /** No references is an empty list, also where a server leaves it out. */
  readonly references: readonly SchemaReferenceEntity[];
  readonly subject?: string;
  readonly version?: number;
  readonly id?: number;
  readonly guid?: string;
  readonly metadata?: SchemaMetadata;
  readonly ruleSet?: SchemaRuleSet;
  readonly schemaTags?: readonly SchemaTags[];
  readonly ts?: number;
  readonly deleted?: boolean;
  /** The highest id so far, when it was asked for. */
  readonly maxId?: number;
}

/** The answer to a registration. Servers before 8.0 fill in `id` alone. */
export interface RegistrationResult {
  readonly id: number;
  readonly version?: number;
  readonly guid?: string;
  readonly schema?: string;
  /** With the rules that the settings of the subject add. */
  readonly ruleSet?: SchemaRuleSet;
}

/** A version of a subject. */
export interface SubjectVersion {
  readonly subject: string;
  readonly version: number;
}

/** How a new version must fit the earlier ones. */
export type CompatibilityLevel =
  | 'NONE'
  | 'BACKWARD'
  | 'BACKWARD_TRANSITIVE'
  | 'FORWARD'
  | 'FORWARD_TRANSITIVE'
  | 'FULL'
  | 'FULL_TRANSITIVE';

/** The configuration of the registry, a context or a subject. */
export interface RegistryConfig {
  readonly compatibilityLevel?: CompatibilityLevel;
  readonly compatibilityPolicy?: 'STRICT' | 'LENIENT' | 'LOGICAL';
  readonly compatibilityGroup?: string;
  readonly normalize?: boolean;
  readonly validateFields?: boolean;
  readonly validateNewSchemas?: boolean;
  readonly validateRules?: boolean;
  readonly alias?: string;
  readonly aliasForDeks?: string;
  readonly defaultMetadata?: SchemaMetadata;
  readonly overrideMetadata?: SchemaMetadata;
  readonly defaultRuleSet?: SchemaRuleSet;
  readonly overrideRuleSet?: SchemaRuleSet;
}

/** A change of configuration: what is left out stays, null is taken away. */
export type RegistryConfigChange = { readonly [K in keyof RegistryConfig]: RegistryConfig[K] | null };

/** What a registry, context or subject lets happen to it. */
export type RegistryMode = 'READWRITE' | 'READONLY' | 'READONLY_OVERRIDE' | 'IMPORT' | 'FORWARD';

/** The answer to a compatibility check. */
export interface CompatibilityAnswer {
  readonly isCompatible: boolean;
  /** Why not, when `verbose` was asked for. */
  readonly messages: readonly string[];
}

/** A subject tied to a resource such as the value of a topic. */
export interface Association {
  readonly subject: string;
  readonly guid?: string;
  readonly resourceName?: string;
  readonly resourceNamespace?: string;
  readonly resourceId?: string;
  readonly resourceType?: string;
  readonly associationType?: string;
  readonly lifecycle?: AssociationLifecycle;
  readonly frozen?: boolean;
  readonly createTs?: number;
  readonly updateTs?: number;
}

/** Whether an association owns its subject. */
export type AssociationLifecycle = 'STRONG' | 'WEAK';

/** One association to make or change. */
export interface AssociationChange {
  readonly subject?: string;
  readonly associationType?: 'key' | 'value';
  readonly lifecycle?: AssociationLifecycle;
  readonly frozen?: boolean;
  readonly schema?: SchemaEntity;
  readonly normalize?: boolean;
  /** Only in a batch. */
  readonly opType?: 'CREATE' | 'UPSERT' | 'DELETE';
}

/** Associations of one resource to make or change. */
export interface AssociationRequest {
  readonly resourceName?: string;
  readonly resourceNamespace?: string;
  readonly resourceId?: string;
  readonly resourceType?: string;
  readonly associations: readonly AssociationChange[];
}

/** What a resource is associated with. */
export interface AssociationResult {
  readonly resourceName?: string;
  readonly resourceNamespace?: string;
  readonly resourceId?: string;
  readonly resourceType?: string;
  readonly associations?: readonly (Association & { readonly schema?: SchemaEntity })[];
}

/** One resource of a batch that asks. */
export interface AssociationQuery {
  readonly resourceName?: string;
  readonly resourceNamespace?: string;
  readonly resourceId?: string;
  readonly resourceType?: string;
  readonly associationTypes?: readonly string[];
  readonly lifecycle?: AssociationLifecycle;
}

/** One answer of a batch: a result, or the error of that item. */
export interface AssociationBatchResult {
  readonly result?: AssociationResult;
  readonly error?: { readonly error_code: number; readonly message: string };
}
