import { contextOf, contextPrefix } from '../../subject/qualified-subject.ts';
import type { RegistryState } from '../registry-state.ts';
import { notPermitted } from '../rest-error.ts';
import { modeInScope, type Scope } from '../setting-scope.ts';

export function isReadOnly(state: RegistryState, scope: Scope): boolean {
  const mode = modeInScope(state, scope);
  return mode === 'READONLY' || mode === 'READONLY_OVERRIDE';
}

/** @throws RestError NOT_PERMITTED */
export function checkWritable(state: RegistryState, scope: Scope): void {
  if (!isReadOnly(state, scope)) return;
  const context = contextPrefix(contextOf(scope ?? ''));
  throw notPermitted(`Subject ${scope ?? ''} in context ${context} is in read-only mode`);
}
