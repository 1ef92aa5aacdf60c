import { InvalidSchemaError } from '../../errors.ts';
import type { SchemaLocation } from '../draft/schema-document.ts';
import { resolveAddress, splitAddress } from '../draft/address.ts';
import { isSince } from '../draft/draft.ts';
import { metaSchemaDocument } from '../validation/meta-schemas.ts';
import { isMembers, type JsonMembers } from '../../json-text/json-node.ts';

/** A reference of a schema. */
export interface SchemaReference {
  readonly keyword: '$ref' | '$dynamicRef' | '$recursiveRef';
  readonly reference: string;
  /** Undefined when nothing known has that address. */
  readonly target: SchemaLocation | undefined;
  /** Set where the target depends on the way that led to the reference, unless no other schema has this anchor. */
  readonly dynamicAnchor?: string;
}

/** The references of one schema, as far as its draft knows them. */
export function referencesOf(
  location: SchemaLocation,
  schema: JsonMembers,
  root: SchemaLocation,
): SchemaReference[] {
  const { draft } = location.document;
  return (['$ref', '$dynamicRef', '$recursiveRef'] as const).flatMap((keyword) => {
    const reference = schema[keyword];
    if (typeof reference !== 'string') return [];
    if (keyword === '$dynamicRef' && !isSince(draft, '2020-12')) return [];
    if (keyword === '$recursiveRef' && draft !== '2019-09') return [];
    const target =
      location.document.resolve(reference, location.base) ?? inMetaSchema(reference, location.base);
    const isStatic = keyword === '$ref' || target === undefined;
    return [{ keyword, reference, ...(isStatic ? { target } : dynamicTarget(target, reference, root)) }];
  });
}

/**
 * What the references of a schema lead to.
 * @throws InvalidSchemaError when nothing known has such an address: the registry never fetches one
 */
export function referencedLocations(
  location: SchemaLocation,
  schema: JsonMembers,
  root: SchemaLocation,
): SchemaLocation[] {
  return referencesOf(location, schema, root).map(({ reference, target }) => {
    if (target === undefined) throw unknownReference(reference, location.pointer);
    return target;
  });
}

/** The meta-schemas are known everywhere. */
function inMetaSchema(reference: string, base: string): SchemaLocation | undefined {
  const { document: address, fragment } = splitAddress(resolveAddress(reference, base));
  const document = metaSchemaDocument(address);
  if (document === undefined || fragment === '') return document?.rootLocation;
  return document.atFragment(document.rootLocation, fragment);
}

/** The name under which `$recursiveAnchor` is counted: no anchor has such a name. */
export const RECURSIVE_ANCHOR = '#';

/**
 * Dynamic references belong to the outermost schema that offers the anchor. The root is the outermost one of all; where it
 * does not offer the anchor, the way that led to the reference decides among those that do.
 */
function dynamicTarget(
  target: SchemaLocation,
  reference: string,
  root: SchemaLocation,
): Pick<SchemaReference, 'target' | 'dynamicAnchor'> {
  const own = membersAt(target);
  if (own['$recursiveAnchor'] === true && reference === '#') {
    return membersAt(root)['$recursiveAnchor'] === true
      ? { target: root }
      : { target, dynamicAnchor: RECURSIVE_ANCHOR };
  }
  const anchor = own['$dynamicAnchor'];
  if (typeof anchor !== 'string' || !reference.endsWith(`#${anchor}`)) return { target };
  const outermost = root.document.dynamicAnchor(root, anchor);
  return outermost === undefined ? { target, dynamicAnchor: anchor } : { target: outermost };
}

function membersAt({ schema }: SchemaLocation): JsonMembers {
  return isMembers(schema) ? schema : {};
}

function unknownReference(reference: string, pointer: string): InvalidSchemaError {
  return new InvalidSchemaError(
    `The reference ${JSON.stringify(reference)} leads to no part of this schema and to none of its references; ` +
      'nothing is fetched from the network, so register that schema and name it in "references"',
    { path: pointer },
  );
}
