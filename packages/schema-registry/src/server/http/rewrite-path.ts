import {
  DEFAULT_CONTEXT,
  normalizeContext,
  parseSubject,
  qualifyWithParent,
} from '../../subject/qualified-subject.ts';

/**
 * Takes `/contexts/{context}` off the front of a raw request target, and puts the context in front of the subject
 * instead, wherever the address or the query has one.
 * @throws RangeError for a context with a colon inside
 */
export function rewriteContext(method: string, url: string): string {
  const { segments, query } = split(url);
  if (segments[0] !== 'contexts' || segments.length < 2) return url;
  const context = decode(segments[1]!);
  const prefix = normalizeContext(context);
  const rest = segments.slice(2);
  if (rest.length === 0) {
    return context === DEFAULT_CONTEXT
      ? join([], query)
      : join(['contexts', encodeURIComponent(prefix)], query);
  }
  const [first] = rest;
  if ((first === 'config' || first === 'mode') && rest.length === 1 && prefix !== '') {
    return join([first, encodeURIComponent(prefix)], query);
  }
  rewriteQuery(method, rest, query, prefix);
  return join(
    rest.map((segment, index) => (isSubject(rest, index) ? qualify(segment, prefix) : segment)),
    query,
  );
}

/** Replaces a subject that has an alias by what the alias stands for. */
export function rewriteAlias(url: string, aliasOf: (subject: string) => string | undefined): string {
  const { segments, query } = split(url);
  const at = segments.findIndex((_segment, index) => index > 0 && segments[index - 1] === 'subjects');
  const isById = segments[0] === 'schemas' && segments[1] === 'ids';
  const subject = isById ? (query.get('subject') ?? '') : at < 0 ? '' : decode(segments[at]!);
  const alias = subject === '' ? undefined : aliasOf(subject);
  if (alias === undefined || alias === '') return url;
  const target = qualifyWithParent(subject, alias);
  if (isById) query.set('subject', target);
  else segments[at] = encodeURIComponent(target);
  return join(segments, query);
}

function isSubject(segments: readonly string[], index: number): boolean {
  const before = segments[index - 1];
  if (before === 'subjects') return true;
  return index === 1 && (before === 'config' || before === 'mode');
}

function rewriteQuery(
  method: string,
  segments: readonly string[],
  query: URLSearchParams,
  prefix: string,
): void {
  const [first, second] = segments;
  if (first === 'schemas' && second === 'ids') {
    query.set('subject', prefixed(query.get('subject') ?? '', prefix));
  } else if ((first === 'schemas' || first === 'subjects') && segments.length === 1) {
    const prefixes = query.getAll('subjectPrefix');
    query.delete('subjectPrefix');
    for (const each of prefixes.length === 0 ? [''] : prefixes) {
      query.append('subjectPrefix', prefixed(each, prefix));
    }
  } else if (first?.startsWith('associations') === true && (method === 'POST' || method === 'PUT')) {
    query.set('context', prefix);
  }
}

function prefixed(subject: string, prefix: string): string {
  return isQualified(subject) ? subject : prefix + subject;
}

function qualify(segment: string, prefix: string): string {
  const subject = decode(segment);
  return isQualified(subject) ? segment : encodeURIComponent(prefix + subject);
}

function isQualified(subject: string): boolean {
  return parseSubject(subject).context !== DEFAULT_CONTEXT || subject.startsWith(':.');
}

function split(url: string): { segments: string[]; query: URLSearchParams } {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  return {
    segments: path.split('/').filter((segment) => segment !== ''),
    query: new URLSearchParams(at < 0 ? '' : url.slice(at + 1)),
  };
}

function join(segments: readonly string[], query: URLSearchParams): string {
  const text = query.toString();
  return `/${segments.join('/')}${text === '' ? '' : `?${text}`}`;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
