import type { Incompatibility } from '../../format/schema-format.ts';
import {
  isNamed,
  type AvroEnum,
  type AvroField,
  type AvroFixed,
  type AvroNamed,
  type AvroRecord,
  type AvroType,
} from '../model/avro-type.ts';
import { matchingField, namesMatch } from './name-match.ts';

/** Reasons that are kept for one pair: one is enough to refuse, a screen of them is enough to repair. */
const MAX_REASONS = 100;
/** Schemas inside each other that the check follows; names in circles make no depth, so this is a mistake or an attack. */
const MAX_DEPTH = 2000;

/** Kinds that a primitive is promoted from. */
const promotions: Readonly<Record<string, readonly string[]>> = {
  long: ['int'],
  float: ['int', 'long'],
  double: ['int', 'long', 'float'],
  bytes: ['string'],
  string: ['bytes'],
};

/** What decides about two schemas, in the words of Avro's own checker. */
type ErrorType =
  | 'NAME_MISMATCH'
  | 'FIXED_SIZE_MISMATCH'
  | 'MISSING_ENUM_SYMBOLS'
  | 'READER_FIELD_MISSING_DEFAULT_VALUE'
  | 'TYPE_MISMATCH'
  | 'MISSING_UNION_BRANCH';

/**
 * Why data written with `writer` may not be read with `reader`; empty when all of it can. By the rules of schema resolution,
 * with two readings that the Java line has settled: names match without their namespaces, and a default may be of any
 * branch of a union.
 */
export function readerWriterProblems(reader: AvroType, writer: AvroType): readonly Incompatibility[] {
  const refuted = new PairMap<true>();
  for (;;) {
    const pass = new ReaderWriterCheck(refuted);
    const problems = pass.problems(reader, writer, '', 0);
    if (problems.length > 0 || !pass.hasRefutedMore) return problems;
  }
}

/** Whether all data written with `writer` can be read with `reader`. */
export function canRead(reader: AvroType, writer: AvroType): boolean {
  return readerWriterProblems(reader, writer).length === 0;
}

/** Something about pairs of a reader and a writer. */
class PairMap<V> {
  readonly #byReader = new Map<AvroType, Map<AvroType, V>>();

  get(reader: AvroType, writer: AvroType): V | undefined {
    return this.#byReader.get(reader)?.get(writer);
  }

  set(reader: AvroType, writer: AvroType, value: V): void {
    const ofReader = this.#byReader.get(reader) ?? new Map<AvroType, V>();
    this.#byReader.set(reader, ofReader);
    ofReader.set(writer, value);
  }
}

/**
 * One pass over two schemas. A pair that is met while it is being compared counts as compatible, so what is found to be
 * incompatible is so for certain, but what is found to be compatible may rest on a pair that fails later:
 *
 * 1. R reads W is being looked at; inside, X reads Y holds because R reads W is taken for granted.
 * 2. R reads W fails. It stood in a union, and another branch is taken.
 * 3. X reads Y is met again, and is remembered as compatible.
 *
 * So passes are repeated with the pairs that failed, until no pass adds one.
 */
class ReaderWriterCheck {
  readonly #seen = new PairMap<readonly Incompatibility[]>();
  readonly #refuted: PairMap<true>;
  readonly #inProgress = new PairMap<boolean>();
  #hasAssumed = false;
  hasRefutedMore = false;

  constructor(refuted: PairMap<true>) {
    this.#refuted = refuted;
  }

  problems(reader: AvroType, writer: AvroType, path: string, depth: number): readonly Incompatibility[] {
    const known = this.#seen.get(reader, writer);
    if (known !== undefined) return known;
    if (this.#inProgress.get(reader, writer) === true) return this.#again(reader, writer, path);
    if (depth > MAX_DEPTH) {
      return [
        problem('TYPE_MISMATCH', path, 'The schemas are nested too deeply to be compared', `depth: ${depth}`),
      ];
    }
    this.#inProgress.set(reader, writer, true);
    const found = this.#compare(reader, writer, path, depth + 1).slice(0, MAX_REASONS);
    this.#inProgress.set(reader, writer, false);
    this.#seen.set(reader, writer, found);
    if (found.length > 0 && this.#refuted.get(reader, writer) === undefined) {
      this.#refuted.set(reader, writer, true);
      this.hasRefutedMore = this.#hasAssumed;
    }
    return found;
  }

  /** A pair inside itself: compatible as far as is known. Its reasons are those of the outer one. */
  #again(reader: AvroType, writer: AvroType, path: string): readonly Incompatibility[] {
    if (this.#refuted.get(reader, writer) !== undefined) {
      return [
        problem(
          'TYPE_MISMATCH',
          path,
          `The types at path '${shown(path)}' do not match further out`,
          'recursion',
        ),
      ];
    }
    this.#hasAssumed = true;
    return [];
  }

  #compare(reader: AvroType, writer: AvroType, path: string, depth: number): readonly Incompatibility[] {
    if (writer.kind === 'union') return this.#writerUnion(reader, writer.branches, path, depth);
    if (reader.kind === 'union') {
      const readable = reader.branches.some(
        (branch) => this.problems(branch, writer, path, depth).length === 0,
      );
      return readable ? [] : [missingBranch(writer, path)];
    }
    if (reader.kind === 'array' && writer.kind === 'array') {
      return this.problems(reader.items, writer.items, `${path}/items`, depth);
    }
    if (reader.kind === 'map' && writer.kind === 'map') {
      return this.problems(reader.values, writer.values, `${path}/values`, depth);
    }
    if (isNamed(reader) && isNamed(writer) && reader.kind === writer.kind) {
      return [...nameProblems(reader, writer, path), ...this.#bodies(reader, writer, path, depth)];
    }
    if (reader.kind === writer.kind || promotions[reader.kind]?.includes(writer.kind) === true) return [];
    const kinds = `reader type: ${reader.kind.toUpperCase()} not compatible with writer type: ${writer.kind.toUpperCase()}`;
    return [
      problem(
        'TYPE_MISMATCH',
        path,
        `The type (path '${shown(path)}') of a field in the new schema does not match with the old schema`,
        kinds,
      ),
    ];
  }

  #writerUnion(
    reader: AvroType,
    branches: readonly AvroType[],
    path: string,
    depth: number,
  ): readonly Incompatibility[] {
    if (reader.kind !== 'union')
      return branches.flatMap((branch) => this.problems(reader, branch, path, depth));
    return branches.flatMap((branch, index) =>
      this.problems(reader, branch, path, depth).length === 0
        ? []
        : [missingBranch(branch, `${path}/${index}`)],
    );
  }

  #bodies(reader: AvroNamed, writer: AvroNamed, path: string, depth: number): readonly Incompatibility[] {
    if (reader.kind === 'record') return this.#fields(reader, writer as AvroRecord, path, depth);
    if (reader.kind === 'enum') return symbolProblems(reader, writer as AvroEnum, path);
    return sizeProblems(reader, writer as AvroFixed, path);
  }

  #fields(reader: AvroRecord, writer: AvroRecord, path: string, depth: number): readonly Incompatibility[] {
    const problems: Incompatibility[] = [];
    for (const [index, field] of reader.fields.entries()) {
      const place = `${path}/fields/${index}`;
      const match = matchingField(writer, field);
      if (match === 'ambiguous') problems.push(ambiguous(field, writer, place));
      else if (match !== undefined)
        problems.push(...this.problems(field.type, match.type, `${place}/type`, depth));
      else if (!hasDefault(field)) problems.push(missingDefault(field, place));
      if (problems.length > MAX_REASONS) break;
    }
    return problems;
  }
}

function hasDefault({ defaultValue, type }: AvroField): boolean {
  return defaultValue !== undefined || (type.kind === 'enum' && type.defaultSymbol !== undefined);
}

function nameProblems(reader: AvroNamed, writer: AvroNamed, path: string): readonly Incompatibility[] {
  if (namesMatch(reader, writer)) return [];
  const place = `${path}/name`;
  return [
    problem(
      'NAME_MISMATCH',
      place,
      `The name of the schema has changed (path '${place}')`,
      `expected: ${writer.name.full}`,
    ),
  ];
}

function symbolProblems(reader: AvroEnum, writer: AvroEnum, path: string): readonly Incompatibility[] {
  if (reader.defaultSymbol !== undefined) return [];
  const known = new Set(reader.symbols);
  const missing = writer.symbols.filter((symbol) => !known.has(symbol)).toSorted();
  if (missing.length === 0) return [];
  const place = `${path}/symbols`;
  return [
    problem(
      'MISSING_ENUM_SYMBOLS',
      place,
      `The new schema is missing enum symbols '[${missing.join(', ')}]' at path '${place}' in the old schema`,
      `[${missing.join(', ')}]`,
    ),
  ];
}

function sizeProblems(reader: AvroFixed, writer: AvroFixed, path: string): readonly Incompatibility[] {
  if (reader.sizeBytes === writer.sizeBytes) return [];
  const place = `${path}/size`;
  return [
    problem(
      'FIXED_SIZE_MISMATCH',
      place,
      `The size of FIXED type field at path '${place}' in the new schema does not match with the old schema`,
      `expected: ${writer.sizeBytes}, found: ${reader.sizeBytes}`,
    ),
  ];
}

function missingBranch(writer: AvroType, path: string): Incompatibility {
  return problem(
    'MISSING_UNION_BRANCH',
    path,
    `The new schema is missing a type inside a union field at path '${shown(path)}' in the old schema`,
    `reader union lacking writer type: ${writer.kind.toUpperCase()}`,
  );
}

function missingDefault({ name }: AvroField, path: string): Incompatibility {
  return problem(
    'READER_FIELD_MISSING_DEFAULT_VALUE',
    path,
    `The field '${name}' at path '${path}' in the new schema has no default value and is missing in the old schema`,
    name,
  );
}

function ambiguous({ name }: AvroField, writer: AvroRecord, path: string): Incompatibility {
  return problem(
    'NAME_MISMATCH',
    path,
    `The field '${name}' at path '${path}' in the new schema matches more than one field of the old schema by its aliases`,
    `expected: one field of ${writer.name.full}`,
  );
}

function problem(
  errorType: ErrorType,
  path: string,
  description: string,
  additionalInfo: string,
): Incompatibility {
  return { errorType, path: shown(path), description, additionalInfo };
}

/** The root is a slash to the Java line. */
function shown(path: string): string {
  return path === '' ? '/' : path;
}
