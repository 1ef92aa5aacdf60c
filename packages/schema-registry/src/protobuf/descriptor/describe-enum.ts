import { elementsOf } from '../syntax/elements-of.ts';
import type { ProtoEnum, ProtoReserved, ProtoVisibility } from '../syntax/proto-file.ts';
import { Visibility, type EnumDescriptorProto, type NumberRange } from './descriptor.ts';
import type { Origins } from './origins.ts';

/** The visibility that is written, as the descriptor has it. */
export function describeVisibility(visibility: ProtoVisibility): { readonly visibility?: number } {
  if (visibility === undefined) return {};
  return { visibility: visibility === 'export' ? Visibility.EXPORT : Visibility.LOCAL };
}

/** An enum; its reserved ranges end at the last number, unlike those of messages. */
export function describeEnum(type: ProtoEnum, origins: Origins): EnumDescriptorProto {
  const reserved = elementsOf(type.elements, 'reserved');
  const descriptor: EnumDescriptorProto = {
    name: type.name,
    value: elementsOf(type.elements, 'enumValue').map(({ name, number, at, options }) =>
      origins.note({ name, number }, at, options),
    ),
    reservedRange: describeReservedRanges(reserved, 0, origins),
    reservedName: reserved.flatMap(({ names }) => names),
    ...describeVisibility(type.visibility),
  };
  return origins.note(descriptor, type.at, elementsOf(type.elements, 'option'));
}

/** The ranges of `reserved` statements; `beyond` is what the end of the descriptor is beyond the last number. */
export function describeReservedRanges(
  reserved: readonly ProtoReserved[],
  beyond: number,
  origins: Origins,
): NumberRange[] {
  return reserved.flatMap(({ ranges }) =>
    ranges.map(({ start, end, at }) => origins.note({ start, end: (end ?? start) + beyond }, at)),
  );
}
