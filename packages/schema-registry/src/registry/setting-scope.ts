import {
  contextOf,
  contextPrefix,
  DEFAULT_CONTEXT,
  GLOBAL_CONTEXT,
  isDefaultContext,
} from '../subject/qualified-subject.ts';
import type { Mode, RegistryConfig } from './registry-record.ts';
import type { RegistryState } from './registry-state.ts';

/** What holds where nothing is set. */
export interface SettingDefaults {
  readonly compatibilityLevel: string;
  readonly validateFields: boolean;
  readonly validateNewSchemas: boolean;
}

const DEFAULT_MODE: Mode = 'READWRITE';

/** Undefined for the default context as a whole, whichever way it is written. */
export type Scope = string | undefined;

export function scopeOf(subject: string): Scope {
  return isDefaultContext(subject) ? undefined : subject;
}

/** What is set on the scope itself; the default context and the global one always have something. */
export function ownConfig(
  state: RegistryState,
  scope: Scope,
  defaults: SettingDefaults,
): RegistryConfig | undefined {
  const own = state.config(scope);
  if (own !== undefined) return withLevel(own, defaults);
  return hasDefault(scope) ? withLevel({}, defaults) : undefined;
}

/** What applies to the scope: its own settings over those of the default context, or the next wider ones. */
export function configInScope(state: RegistryState, scope: Scope, defaults: SettingDefaults): RegistryConfig {
  const own = state.config(scope);
  if (own === undefined)
    return withLevel(
      widerScopes(scope)
        .map((wider) => state.config(wider))
        .find(isSet) ?? {},
      defaults,
    );
  if (scope === undefined) return withLevel(own, defaults);
  return inherit(withLevel(own, defaults), state.config(undefined) ?? {});
}

const inherited = [
  'normalize',
  'validateFields',
  'validateNewSchemas',
  'validateRules',
  'compatibilityPolicy',
  'compatibilityGroup',
] as const;

/** A subject with settings of its own has a level of its own, too: the server's default if it names none. */
function inherit(own: RegistryConfig, wider: RegistryConfig): RegistryConfig {
  const taken = inherited
    .filter((name) => own[name] === undefined && wider[name] !== undefined)
    .map((name) => [name, wider[name]] as const);
  return { ...own, ...Object.fromEntries(taken) };
}

export function ownMode(state: RegistryState, scope: Scope): Mode | undefined {
  return state.mode(scope) ?? (hasDefault(scope) ? DEFAULT_MODE : undefined);
}

export function modeInScope(state: RegistryState, scope: Scope): Mode {
  const own = state.mode(scope);
  return (
    own ??
    widerScopes(scope)
      .map((wider) => state.mode(wider))
      .find(isSet) ??
    DEFAULT_MODE
  );
}

/** From the nearest to the widest. */
function widerScopes(scope: Scope): Scope[] {
  const context = scope === undefined ? DEFAULT_CONTEXT : contextOf(scope);
  return [context === DEFAULT_CONTEXT ? undefined : contextPrefix(context), contextPrefix(GLOBAL_CONTEXT)];
}

function hasDefault(scope: Scope): boolean {
  return scope === undefined || contextOf(scope) === GLOBAL_CONTEXT;
}

function withLevel(config: RegistryConfig, { compatibilityLevel }: SettingDefaults): RegistryConfig {
  return { compatibilityLevel, ...config };
}

function isSet<T>(value: T | undefined): value is T {
  return value !== undefined;
}
