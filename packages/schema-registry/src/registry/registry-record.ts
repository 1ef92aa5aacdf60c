import type { SchemaType } from '../format/schema-format.ts';
import type { Metadata, RuleSet } from './data-contract.ts';
import type { SchemaContent } from './schema-identity.ts';

export interface AssociationKey {
  readonly resourceName: string;
  readonly resourceNamespace: string;
  readonly resourceType: string;
  readonly associationType: string;
  readonly subject: string;
}

export interface SchemaValue extends SchemaContent {
  readonly subject: string;
  readonly version: number;
  readonly id: number;
  readonly schemaType: SchemaType;
  readonly deleted: boolean;
}

export const modes = ['READWRITE', 'READONLY', 'READONLY_OVERRIDE', 'IMPORT', 'FORWARD'] as const;
export type Mode = (typeof modes)[number];

/** The settings of a subject, of a context, or of everything. Absent members are inherited. */
export interface RegistryConfig {
  readonly alias?: string;
  readonly aliasForDeks?: string;
  readonly normalize?: boolean;
  readonly validateFields?: boolean;
  readonly validateNewSchemas?: boolean;
  readonly validateRules?: boolean;
  readonly compatibilityLevel?: string;
  readonly compatibilityPolicy?: string;
  readonly compatibilityGroup?: string;
  readonly defaultMetadata?: Metadata;
  readonly overrideMetadata?: Metadata;
  readonly defaultRuleSet?: RuleSet;
  readonly overrideRuleSet?: RuleSet;
}

export type Lifecycle = 'STRONG' | 'WEAK';

export interface AssociationValue extends AssociationKey {
  readonly guid: string;
  readonly resourceId: string;
  readonly lifecycle: Lifecycle;
  readonly frozen: boolean;
  /** Absent in the record that creates it: then the timestamp of the record. */
  readonly createTs?: number;
}

export interface SchemaKey {
  readonly subject: string;
  readonly version: number;
}

/** Without subject: the default context. */
export interface ScopeKey {
  readonly subject: string | undefined;
}

/**
 * What is to be written to the `_schemas` topic, or was read from it. Compaction keeps the last value of each type and
 * key; a null value takes the key away.
 */
export type RegistryWrite =
  | { readonly type: 'SCHEMA'; readonly key: SchemaKey; readonly value: SchemaValue | null }
  | { readonly type: 'CONFIG'; readonly key: ScopeKey; readonly value: RegistryConfig | null }
  | { readonly type: 'MODE'; readonly key: ScopeKey; readonly value: { readonly mode: Mode } | null }
  /** Every version up to this one is soft-deleted. */
  | {
      readonly type: 'DELETE_SUBJECT';
      readonly key: { readonly subject: string };
      readonly value: { readonly version: number } | null;
    }
  /** Soft-deleted versions are forgotten: written before a scope enters IMPORT mode. */
  | { readonly type: 'CLEAR_SUBJECT'; readonly key: ScopeKey; readonly value: true | null }
  | { readonly type: 'CONTEXT'; readonly key: { readonly context: string }; readonly value: true | null }
  | { readonly type: 'ASSOC'; readonly key: AssociationKey; readonly value: AssociationValue | null }
  /** Written to learn where the log ends. */
  | { readonly type: 'NOOP'; readonly key: null; readonly value: null };

/** A record as the log has it. */
export type RegistryRecord = RegistryWrite & {
  /** When it was written, by the clock of the writer or the broker. */
  readonly timestampMs: number;
};
