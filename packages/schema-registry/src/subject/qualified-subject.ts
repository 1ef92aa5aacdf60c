import { hasControlCharacters } from './control-characters.ts';

/** The context that is written as nothing. */
export const DEFAULT_CONTEXT = '.';
/** Holds config and mode that apply in every context. */
export const GLOBAL_CONTEXT = '.__GLOBAL';
/** As a subject prefix: every context. */
export const CONTEXT_WILDCARD = ':*:';

const RESERVED_NAMES: ReadonlySet<string> = new Set(['__GLOBAL', '__EMPTY']);

/** A subject with its context: `:.prod:orders-value` is `orders-value` of `.prod`. */
export interface QualifiedSubject {
  /** Starts with a dot; {@link DEFAULT_CONTEXT} when none is written. */
  readonly context: string;
  /** May be empty: then the context itself is meant. */
  readonly name: string;
}

/** Every text is some subject: what does not follow the form belongs to the default context. */
export function parseSubject(text: string): QualifiedSubject {
  if (text.startsWith(CONTEXT_WILDCARD)) return { context: '*', name: text.slice(CONTEXT_WILDCARD.length) };
  if (!text.startsWith(':.')) return { context: DEFAULT_CONTEXT, name: text };
  const end = text.indexOf(':', 2);
  if (end < 0) return { context: text.slice(1), name: '' };
  return { context: text.slice(1, end), name: text.slice(end + 1) };
}

export function contextOf(subject: string): string {
  return parseSubject(subject).context;
}

/** `:.prod:`, and nothing for the default context. */
export function contextPrefix(context: string): string {
  return context === DEFAULT_CONTEXT ? '' : `:${context}:`;
}

export function formatSubject({ context, name }: QualifiedSubject): string {
  return contextPrefix(context) + name;
}

/** One spelling for each subject: `:.:orders` becomes `orders`, `:.prod` becomes `:.prod:`. */
export function normalizeSubject(subject: string): string {
  return formatSubject(parseSubject(subject));
}

/**
 * `prod`, `.prod`, `:.prod:` as the prefix `:.prod:`; the default context as nothing.
 * @throws RangeError for a colon inside the name
 */
export function normalizeContext(context: string): string {
  const name = context.replace(/^:/, '').replace(/:$/, '');
  if (name.includes(':')) throw new RangeError(`Context name '${name}' cannot contain a colon`);
  return contextPrefix(name.startsWith('.') ? name : `.${name}`);
}

/** A subject named inside another one (a reference, an alias) belongs to that one's context unless it names its own. */
export function qualifyWithParent(parent: string, subject: string): string {
  const own = parseSubject(subject);
  if (own.context !== DEFAULT_CONTEXT) return formatSubject(own);
  return formatSubject({ context: contextOf(parent), name: own.name });
}

/** Is it the default context as a whole, which config and mode write as "no subject"? */
export function isDefaultContext(subject: string): boolean {
  const { context, name } = parseSubject(subject);
  return context === DEFAULT_CONTEXT && name === '';
}

/** A context as a whole covers its subjects, and the global context covers everything. */
export function covers(scope: string | undefined, subject: string): boolean {
  if (scope === undefined || scope === subject) return true;
  const { context, name } = parseSubject(scope);
  return name === '' && (context === GLOBAL_CONTEXT || context === contextOf(subject));
}

/** May it be registered under, or (with `forSettings`) have config and mode? */
export function isValidSubject(subject: string, { forSettings = false } = {}): boolean {
  if (hasControlCharacters(subject)) return false;
  const { context, name } = parseSubject(subject);
  if (RESERVED_NAMES.has(name)) return false;
  return forSettings || context !== GLOBAL_CONTEXT;
}
