import type { NumberNode, StringNode } from '../model/schema-model.ts';
import { compareLimit } from './compare-limits.ts';
import { isMultipleOf } from './decimal-multiple.ts';
import type { Difference } from './difference.ts';

export function compareStrings(writer: StringNode, reader: StringNode): Difference[] {
  return [
    ...compareLimit('MAX_LENGTH', 'maxLength', writer.maxLength, reader.maxLength),
    ...compareLimit('MIN_LENGTH', 'minLength', writer.minLength, reader.minLength),
    ...comparePatterns(writer.pattern, reader.pattern),
  ];
}

/** Whether one regular expression takes all that another one takes is not decided: another text is another pattern. */
function comparePatterns(writer: string | undefined, reader: string | undefined): Difference[] {
  if (writer === reader) return [];
  if (writer === undefined) return [{ type: 'PATTERN_ADDED', path: '/pattern' }];
  return [{ type: reader === undefined ? 'PATTERN_REMOVED' : 'PATTERN_CHANGED', path: '/pattern' }];
}

export function compareNumbers(writer: NumberNode, reader: NumberNode): Difference[] {
  return [
    ...compareIntegers(writer.isInteger, reader.isInteger),
    ...compareLimit('MAXIMUM', 'maximum', writer.maximum, reader.maximum),
    ...compareLimit('MINIMUM', 'minimum', writer.minimum, reader.minimum),
    ...compareLimit(
      'EXCLUSIVE_MAXIMUM',
      'exclusiveMaximum',
      writer.exclusiveMaximum,
      reader.exclusiveMaximum,
    ),
    ...compareLimit(
      'EXCLUSIVE_MINIMUM',
      'exclusiveMinimum',
      writer.exclusiveMinimum,
      reader.exclusiveMinimum,
    ),
    ...compareMultiples(writer.multipleOf, reader.multipleOf),
  ];
}

function compareIntegers(writer: boolean, reader: boolean): Difference[] {
  if (writer === reader) return [];
  return [{ type: writer ? 'TYPE_EXTENDED' : 'TYPE_NARROWED', path: '/type' }];
}

function compareMultiples(writer: number | undefined, reader: number | undefined): Difference[] {
  if (writer === reader) return [];
  const path = '/multipleOf';
  if (writer === undefined) return [{ type: 'MULTIPLE_OF_ADDED', path }];
  if (reader === undefined) return [{ type: 'MULTIPLE_OF_REMOVED', path }];
  if (isMultipleOf(writer, reader)) return [{ type: 'MULTIPLE_OF_REDUCED', path }];
  return [{ type: isMultipleOf(reader, writer) ? 'MULTIPLE_OF_EXPANDED' : 'MULTIPLE_OF_CHANGED', path }];
}
