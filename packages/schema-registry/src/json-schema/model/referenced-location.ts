import { InvalidSchemaError } from '../../errors.ts';
import type { SchemaLocation } from '../draft/schema-document.ts';
import { resolveAddress, splitAddress } from '../draft/address.ts';
import { isSince } from '../draft/draft.ts';
import { metaSchemaDocument } from '../validation/meta-schemas.ts';
import type { JsonMembers } from '../text/json-node.ts';

/**
 * What `$ref`, `$dynamicRef` or `$recursiveRef` of a schema leads to; undefined when it has none.
 * @throws InvalidSchemaError when nothing known has that address: the registry never fetches one
 */
export function referencedLocation(
  location: SchemaLocation,
  schema: JsonMembers,
  root: SchemaLocation,
): SchemaLocation | undefined {
  const { draft } = location.document;
  for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef'] as const) {
    const reference = schema[keyword];
    if (typeof reference !== 'string') continue;
    if (keyword === '$dynamicRef' && !isSince(draft, '2020-12')) continue;
    if (keyword === '$recursiveRef' && draft !== '2019-09') continue;
    const target =
      location.document.resolve(reference, location.base) ?? inMetaSchema(reference, location.base);
    if (target === undefined) throw unknownReference(reference, location.pointer);
    return keyword === '$ref' ? target : dynamicTarget(target, reference, root);
  }
  return undefined;
}

/** The meta-schemas are known everywhere. */
function inMetaSchema(reference: string, base: string): SchemaLocation | undefined {
  const { document: address, fragment } = splitAddress(resolveAddress(reference, base));
  const document = metaSchemaDocument(address);
  if (document === undefined || fragment === '') return document?.rootLocation;
  return document.atFragment(document.rootLocation, fragment);
}

/**
 * Dynamic references belong to the outermost schema that offers the anchor. The outermost one of all is the root; anchors of
 * schemas between it and the reference are not looked for.
 */
function dynamicTarget(target: SchemaLocation, reference: string, root: SchemaLocation): SchemaLocation {
  const own = typeof target.schema === 'object' ? (target.schema as JsonMembers) : {};
  if (own['$recursiveAnchor'] === true) {
    const outer = typeof root.schema === 'object' ? (root.schema as JsonMembers) : {};
    return outer['$recursiveAnchor'] === true ? root : target;
  }
  const anchor = own['$dynamicAnchor'];
  if (typeof anchor !== 'string' || !reference.endsWith(`#${anchor}`)) return target;
  const outer = root.document.atFragment(root, anchor);
  const isDynamic = outer !== undefined && (outer.schema as JsonMembers)['$dynamicAnchor'] === anchor;
  return isDynamic ? outer : target;
}

function unknownReference(reference: string, pointer: string): InvalidSchemaError {
  return new InvalidSchemaError(
    `The reference ${JSON.stringify(reference)} leads to no part of this schema and to none of its references; ` +
      'nothing is fetched from the network, so register that schema and name it in "references"',
    { path: pointer },
  );
}
