import type { Step } from './peer.ts';

/** A field in which two answers differ. */
export interface Difference {
  readonly step: string;
  /** For example `topics[0].partitions[2].errorCode`; empty for the whole answer. */
  readonly field: string;
  readonly kafka: unknown;
  readonly millrace: unknown;
}

/** Every field in which the answers of two peers differ, step by step. */
export function differences(kafka: readonly Step[], millrace: readonly Step[]): Difference[] {
  const found: Difference[] = [];
  for (let index = 0; index < Math.max(kafka.length, millrace.length); index++) {
    const [theirs, ours] = [kafka[index], millrace[index]];
    const step = theirs?.label ?? ours?.label ?? '';
    if (theirs?.label !== ours?.label) {
      // The answers before made the script take another way: what follows cannot be compared.
      found.push({ step, field: '(the way of the script)', kafka: theirs?.label, millrace: ours?.label });
      break;
    }
    collect(found, { step, field: '', kafka: theirs?.answer, millrace: ours?.answer });
  }
  return found;
}

function collect(found: Difference[], pair: Difference): void {
  const { step, field, kafka, millrace } = pair;
  if (Object.is(kafka, millrace)) return;
  const [theirs, ours] = [members(kafka, field), members(millrace, field)];
  if (theirs === undefined || ours === undefined || Array.isArray(kafka) !== Array.isArray(millrace)) {
    found.push(pair);
    return;
  }
  for (const inner of new Set([...theirs.keys(), ...ours.keys()])) {
    collect(found, { step, field: inner, kafka: theirs.get(inner), millrace: ours.get(inner) });
  }
}

/** What is inside a value, by the path that names it; undefined for what has no inside. */
function members(value: unknown, field: string): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) {
    const prefix = field === '' ? '' : `${field}.`;
    return new Map(Object.entries(value).map(([key, item]) => [`${prefix}${key}`, item]));
  }
  const identities = value.map((item, index) => identityOf(item) ?? String(index));
  const isKeyed = new Set(identities).size === value.length;
  return new Map(value.map((item, index) => [`${field}[${isKeyed ? identities[index] : index}]`, item]));
}

/** Many answers list things in the order of a hash map: they are compared by what they are called. */
const identifyingFields = [
  'name',
  'topicName',
  'topic',
  'topicId',
  'partitionIndex',
  'partition',
  'groupId',
  'transactionalId',
  'apiKey',
  'mechanism',
  'entityType',
];

function identityOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const fields = item as Readonly<Record<string, unknown>>;
  if (Array.isArray(fields['entity'])) return quotaEntityOf(fields['entity']);
  const field = identifyingFields.find(
    (name) => fields[name] !== undefined && (fields[name] !== '' || name === 'groupId'),
  );
  return field === undefined ? undefined : String(fields[field]);
}

/** Quotas have no name but a list of types with names, in any order. */
function quotaEntityOf(parts: readonly { readonly entityType: string; readonly entityName: string }[]) {
  const names = parts.map(({ entityType, entityName }) => `${entityType} ${entityName}`);
  return names.toSorted((a, b) => a.localeCompare(b)).join(', ');
}
