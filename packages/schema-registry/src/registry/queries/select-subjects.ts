import { CONTEXT_WILDCARD, parseSubject } from '../../subject/qualified-subject.ts';
import { byCodeUnit } from '../data-contract.ts';
import type { RegistryState } from '../registry-state.ts';

/**
 * Subjects that begin with a prefix, soft-deleted ones too, in order. `:*:` in front means any context; without a
 * context the prefix means the default one.
 */
export function selectSubjects(state: RegistryState, prefix: string): string[] {
  const begins = matcherOf(prefix);
  return [...state.schemas.subjects()].filter(begins).toSorted(byCodeUnit);
}

export function matcherOf(prefix: string): (subject: string) => boolean {
  if (prefix === CONTEXT_WILDCARD) return () => true;
  const wanted = parseSubject(prefix);
  if (prefix.startsWith(CONTEXT_WILDCARD))
    return (subject) => parseSubject(subject).name.startsWith(wanted.name);
  const isOpen = prefix.startsWith(':.') && prefix.indexOf(':', 2) < 0;
  return (subject) => {
    const { context, name } = parseSubject(subject);
    if (isOpen) return context.startsWith(wanted.context);
    return context === wanted.context && name.startsWith(wanted.name);
  };
}
