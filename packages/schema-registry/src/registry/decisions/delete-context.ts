import { contextOf, contextPrefix } from '../../subject/qualified-subject.ts';
import type { Decision, RegistryView } from '../registry-view.ts';
import { RestError } from '../rest-error.ts';

/** Takes an empty context off the list. */
export function decideDeleteContext({ state }: RegistryView, scope: string): Decision<void> {
  if (state.hasSubjects(scope, true)) {
    throw new RestError('CONTEXT_NOT_EMPTY', `The specified context '${scope}' is not empty.`);
  }
  const context = contextOf(scope);
  const isKnown = contextPrefix(context) !== '' && state.hasContext(context);
  return {
    writes: isKnown ? [{ type: 'CONTEXT', key: { context }, value: null }] : [],
    answer: () => undefined,
  };
}
