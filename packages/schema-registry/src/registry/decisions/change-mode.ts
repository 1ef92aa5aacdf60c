import {
  contextOf,
  contextPrefix,
  DEFAULT_CONTEXT,
  GLOBAL_CONTEXT,
  parseSubject,
} from '../../subject/qualified-subject.ts';
import type { Mode, RegistryWrite } from '../registry-record.ts';
import type { RegistryState } from '../registry-state.ts';
import type { Decision, RegistryView } from '../registry-view.ts';
import { notPermitted, referenceExists, RestError, subjectNotFound } from '../rest-error.ts';
import { modeInScope, ownMode, type Scope } from '../setting-scope.ts';
import { keyText, referrersOf, tombstone } from './delete-version.ts';

/** Sets the mode of a scope, or unsets it with null. */
export function decideSetMode(
  { state, isModeMutable }: RegistryView,
  scope: Scope,
  mode: Mode | null,
  { force }: { readonly force: boolean },
): Decision<void> {
  checkMutable(isModeMutable);
  const isGlobal = scope !== undefined && scope === contextPrefix(GLOBAL_CONTEXT);
  if (mode === 'FORWARD' && !isGlobal) {
    throw new RestError('INVALID_MODE', 'Forward mode only supported on global level');
  }
  const enters = mode === 'IMPORT' && modeInScope(state, scope) !== 'IMPORT' && !force;
  return {
    writes: [
      ...(enters ? emptyScope(state, scope) : []),
      { type: 'MODE', key: { subject: scope }, value: mode === null ? null : { mode } },
    ],
    answer: () => undefined,
  };
}

/** Unsets the mode; with `recursive`, of everything in the context as well. @returns the mode that was set */
export function decideDeleteMode(
  { state, isModeMutable }: RegistryView,
  scope: Scope,
  { recursive }: { readonly recursive: boolean },
): Decision<Mode | undefined> {
  const old = ownMode(state, scope);
  if (old === undefined && !recursive) throw subjectNotFound(scope ?? '');
  checkMutable(isModeMutable);
  const isContext = scope === undefined || parseSubject(scope).name === '';
  const within = recursive && isContext ? subjectsWithin(state, scope) : [];
  const scopes = [scope, ...within];
  return {
    writes: scopes.map((subject) => ({ type: 'MODE', key: { subject }, value: null })),
    answer: () => old,
  };
}

function checkMutable(isModeMutable: boolean): void {
  if (!isModeMutable) throw notPermitted('Mode changes are not allowed');
}

function subjectsWithin(state: RegistryState, scope: Scope): string[] {
  const context = scope === undefined ? DEFAULT_CONTEXT : contextOf(scope);
  return state.subjectsWithMode().filter((subject) => {
    return subject !== '' && subject !== scope && contextOf(subject) === context;
  });
}

/** Importing begins without live subjects, and forgets the soft-deleted ones. */
function emptyScope(state: RegistryState, scope: Scope): RegistryWrite[] {
  if (state.hasSubjects(scope, false)) {
    throw notPermitted('Cannot import since found existing subjects');
  }
  const rest = state.subjectsIn(scope).flatMap((subject) => [...state.schemas.versions(subject)]);
  for (const stored of rest) {
    if (referrersOf(state, stored, true).length > 0) throw referenceExists(keyText(stored));
  }
  return [...rest.map(tombstone), { type: 'CLEAR_SUBJECT', key: { subject: scope }, value: true }];
}
