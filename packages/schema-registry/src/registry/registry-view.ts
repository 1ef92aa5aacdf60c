import type { ParsedSchemas } from './parsed-schemas.ts';
import type { RegistryWrite } from './registry-record.ts';
import type { RegistryState } from './registry-state.ts';
import type { SettingDefaults } from './setting-scope.ts';

/** What decisions and queries look at. */
export interface RegistryView {
  readonly state: RegistryState;
  readonly schemas: ParsedSchemas;
  readonly defaults: SettingDefaults;
  /** `mode.mutability` */
  readonly isModeMutable: boolean;
}

/**
 * What a request that writes comes to: the records to write, together, and the answer once they are applied. Made by a
 * pure function of view and request, which throws a `RestError` instead if the request is refused.
 */
export interface Decision<Answer> {
  readonly writes: readonly RegistryWrite[];
  answer(state: RegistryState): Answer;
}
