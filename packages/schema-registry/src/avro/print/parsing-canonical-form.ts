import { isNamed, type AvroType } from '../model/avro-type.ts';
import { quoted } from './json-text.ts';

/**
 * The Parsing Canonical Form of the specification: what decides how bytes are read, and nothing else. Two schemas with
 * the same form write and read the same bytes, and have the same fingerprint.
 */
export function parsingCanonicalForm(type: AvroType, written = new Set<string>()): string {
  if (isNamed(type)) {
    const name = quoted(type.name.full);
    if (written.has(type.name.full)) return name;
    written.add(type.name.full);
    switch (type.kind) {
      case 'record': {
        const fields = type.fields.map(
          (field) => `{"name":${quoted(field.name)},"type":${parsingCanonicalForm(field.type, written)}}`,
        );
        return `{"name":${name},"type":"${type.isError ? 'error' : 'record'}","fields":[${fields.join(',')}]}`;
      }
      case 'enum':
        return `{"name":${name},"type":"enum","symbols":[${type.symbols.map(quoted).join(',')}]}`;
      case 'fixed':
        return `{"name":${name},"type":"fixed","size":${type.sizeBytes}}`;
    }
  }
  if (type.kind === 'union') {
    return `[${type.branches.map((branch) => parsingCanonicalForm(branch, written)).join(',')}]`;
  }
  if (type.kind === 'array') return `{"type":"array","items":${parsingCanonicalForm(type.items, written)}}`;
  if (type.kind === 'map') return `{"type":"map","values":${parsingCanonicalForm(type.values, written)}}`;
  return quoted(type.kind);
}
