import type { NumberRange } from '../descriptor/descriptor.ts';
import type { LinkProblems } from './link-problem.ts';
import type { EnumModel, MessageModel } from './model.ts';
import { RangeIndex } from './range-index.ts';

/** How far the end of a range in a descriptor is beyond its last number. */
const BEYOND = { message: 1, enum: 0 } as const;

interface NamedRange extends NumberRange {
  readonly range: NumberRange;
  readonly what: string;
}

/** What has ranges: its full name, and where errors go. */
interface Owner {
  readonly kind: 'message' | 'enum';
  readonly fullName: string;
}

/** Checks that reserved and extension ranges of a message, and its fields, keep out of each other's way. */
export function validateRanges(message: MessageModel, problems: LinkProblems): void {
  const { reservedRange, extensionRange, reservedName } = message.descriptor;
  const index = checkedIndex(
    message,
    [...named(reservedRange, 'reserved'), ...named(extensionRange, 'kept for extensions')],
    problems,
  );
  const names = new Set(reservedName);
  for (const { number, name, fullName, descriptor } of message.fields) {
    const taken = index.find(number);
    if (taken !== undefined) {
      throw problems.at(
        descriptor,
        `Field "${name}" has the number ${number}, which is ${taken.what}`,
        fullName,
      );
    }
    if (names.has(name)) throw problems.at(descriptor, `The name "${name}" is reserved`, fullName);
  }
}

/** The same for the values of an enum. */
export function validateEnumRanges(type: EnumModel, problems: LinkProblems): void {
  const { reservedRange, reservedName, value } = type.descriptor;
  const index = checkedIndex(type, named(reservedRange, 'reserved'), problems);
  const names = new Set(reservedName);
  for (const descriptor of value) {
    const { name, number } = descriptor;
    if (names.has(name)) throw problems.at(descriptor, `The name "${name}" is reserved`, type.fullName);
    if (index.find(number) !== undefined) {
      throw problems.at(descriptor, `"${name}" has the number ${number}, which is reserved`, type.fullName);
    }
  }
}

function named(ranges: readonly NumberRange[], what: string): readonly NamedRange[] {
  return ranges.map((range) => ({ start: range.start, end: range.end, range, what }));
}

function checkedIndex(
  owner: Owner,
  ranges: readonly NamedRange[],
  problems: LinkProblems,
): RangeIndex<NamedRange> {
  const beyond = BEYOND[owner.kind];
  const backwards = ranges.find(({ start, end }) => end - beyond < start);
  if (backwards !== undefined) {
    throw problems.at(
      backwards.range,
      `The range ${textOf(backwards, beyond)} ends before it starts`,
      owner.fullName,
    );
  }
  const index = new RangeIndex(ranges, beyond);
  const overlap = index.overlap();
  if (overlap !== undefined) {
    const [before, range] = overlap;
    const problem = `${textOf(range, beyond)} is ${range.what}, but ${textOf(before, beyond)} is ${before.what} already`;
    throw problems.at(range.range, problem, owner.fullName);
  }
  return index;
}

function textOf({ start, end }: NumberRange, beyond: number): string {
  const last = end - beyond;
  return last === start ? String(start) : `${start} to ${last}`;
}
