import type { NumberRange } from '../descriptor/descriptor.ts';
import type { LinkProblems } from './link-problem.ts';
import type { MessageModel } from './model.ts';

interface NamedRange {
  readonly range: NumberRange;
  readonly what: string;
}

/** Checks that reserved and extension ranges of a message, and its fields, keep out of each other's way. */
export function validateRanges(message: MessageModel, problems: LinkProblems): void {
  const { reservedRange, extensionRange } = message.descriptor;
  const ranges = [
    ...reservedRange.map((range) => ({ range, what: 'reserved' })),
    ...extensionRange.map((range) => ({ range, what: 'kept for extensions' })),
  ].toSorted((left, right) => left.range.start - right.range.start);
  checkOverlaps(ranges, message, problems);
  checkFields(ranges, message, problems);
  checkNames(message, problems);
}

function checkOverlaps(ranges: readonly NamedRange[], message: MessageModel, problems: LinkProblems): void {
  for (const [index, { range, what }] of ranges.entries()) {
    if (range.end <= range.start) {
      throw problems.at(range, `The range ${textOf(range)} ends before it starts`, message.fullName);
    }
    const before = ranges[index - 1];
    if (before !== undefined && before.range.end > range.start) {
      const problem = `${textOf(range)} is ${what}, but ${textOf(before.range)} is ${before.what} already`;
      throw problems.at(range, problem, message.fullName);
    }
  }
}

function checkFields(ranges: readonly NamedRange[], message: MessageModel, problems: LinkProblems): void {
  for (const { number, name, fullName, descriptor } of message.fields) {
    const taken = ranges.find(({ range }) => number >= range.start && number < range.end);
    if (taken === undefined) continue;
    throw problems.at(
      descriptor,
      `Field "${name}" has the number ${number}, which is ${taken.what}`,
      fullName,
    );
  }
}

function checkNames(message: MessageModel, problems: LinkProblems): void {
  const reserved = new Set(message.descriptor.reservedName);
  for (const { name, fullName, descriptor } of message.fields) {
    if (reserved.has(name)) throw problems.at(descriptor, `The name "${name}" is reserved`, fullName);
  }
}

function textOf({ start, end }: NumberRange): string {
  return end === start + 1 ? String(start) : `${start} to ${end - 1}`;
}
