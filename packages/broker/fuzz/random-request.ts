import type { Random } from '@millrace/host';
import type { AnyApiHandler } from '../src/apis/handler.ts';
import { plausibleNames, plausibleValues } from './plausible-values.ts';
import { RandomReader } from './random-reader.ts';
import { familyOf, sensibleFields } from './sensible-fields.ts';
import { aliasOf, type SeenValues } from './seen-values.ts';

export interface RandomRequest {
  readonly api: AnyApiHandler;
  readonly version: number;
  readonly message: object;
}

type Fields = Record<string, unknown>;
type Known = ReadonlyMap<string, string | number>;

/** A request of the right shape: mostly about what was seen before, mostly with plausible values, never sensible. */
export function randomRequest(api: AnyApiHandler, random: Random, seen: SeenValues): RandomRequest {
  const version = api.minVersion + (random.uint32() % (api.maxVersion - api.minVersion + 1));
  const message = api.request.read(new RandomReader(random), version);
  const filling = { random, known: seen.pick(familyOf(api.key), random), seen };
  fill(message as Fields, 'request', filling);
  const recipe = sensibleFields[api.key];
  if (recipe !== undefined && random.uint32() % 3 !== 0)
    adopt(message as Fields, recipe(random, filling.known));
  return { api, version, message };
}

/** Takes over what the message of this version has. */
function adopt(message: Fields, fields: Readonly<Fields>): void {
  for (const [name, value] of Object.entries(fields)) if (name in message) message[name] = value;
}

interface Filling {
  readonly random: Random;
  readonly known: Known;
  readonly seen: SeenValues;
}

function fill(fields: Fields, parent: string, filling: Filling): void {
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'unknownTaggedFields') continue;
    if (Array.isArray(value)) {
      fields[name] = value.map((item: unknown) => filled(item, name, name, filling));
    } else fields[name] = filled(value, name, parent, filling);
  }
}

function filled(value: unknown, name: string, parent: string, filling: Filling): unknown {
  if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) {
    fill(value as Fields, name, filling);
    return value;
  }
  const { random, known } = filling;
  const seen = name.startsWith('topicId') ? filling.seen.topicId(random) : known.get(aliasOf(name));
  if (seen !== undefined && isLike(value, seen) && random.uint32() % 8 !== 0)
    return nudged(name, seen, random);
  const maker = name === 'name' ? plausibleNames[parent] : plausibleValues[name];
  if (maker === undefined || (name !== 'entityName' && random.uint32() % 10 === 0)) return value;
  const made = maker(random, known);
  return isLike(value, made) ? made : value;
}

/** Sessions count on with each request. */
function nudged(name: string, seen: string | number, random: Random): string | number {
  if (typeof seen === 'number' && /SessionEpoch$|^sessionEpoch$|Sequence$/.test(name)) {
    return seen + (random.uint32() % 2);
  }
  return seen;
}

/** Text where text was, numbers that fit where numbers were; null only where the field had it or text may be missing. */
function isLike(value: unknown, other: unknown): boolean {
  if (other === null) return value === null;
  if (value === null) return typeof other === 'string' || Buffer.isBuffer(other);
  return typeof value === typeof other;
}
