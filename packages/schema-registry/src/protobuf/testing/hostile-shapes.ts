function many(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join(' ');
}

const customOption = `import "google/protobuf/descriptor.proto";
  message Opt { repeated int32 list = 1; map<string, string> pairs = 2; optional Opt deep = 3; }
  extend google.protobuf.FileOptions { optional Opt o = 50000; }`;

/**
 * Schemas with a great many of something, `count` of it (at most 60,000, for field numbers): every one takes minutes, or the whole
 * stack, where a list is searched within a list, or an array is spread into arguments.
 */
export function hostileShapes(count: number): Readonly<Record<string, string>> {
  return {
    messages: `syntax = "proto3"; ${many(count, (i) => `message M${i} { M${(i * 7) % count} f = 1; }`)}`,
    'nested messages': `syntax = "proto3"; message A { ${many(count, (i) => `message M${i} {}`)} }`,
    'fields and reserved ranges': `syntax = "proto3"; message A { reserved ${many(count, (i) => `${100_000 + i * 2}`).replaceAll(' ', ', ')}; ${many(count, (i) => `int32 f${i} = ${i < 18_000 ? i + 1 : i + 10_000};`)} }`,
    maps: `syntax = "proto3"; message A { ${many(count, (i) => `map<string, int32> m${i} = ${i + 1};`)} }`,
    oneofs: `syntax = "proto3"; message A { ${many(count, (i) => `oneof o${i} { int32 f${i} = ${20_000 + i}; }`)} }`,
    'optional fields': `syntax = "proto3"; message A { ${many(count, (i) => `optional int32 f${i} = ${20_000 + i};`)} }`,
    'members of a oneof': `syntax = "proto3"; message A { oneof o { ${many(count, (i) => `A f${i} = ${20_000 + i};`)} } }`,
    'enum values and reserved names': `syntax = "proto3"; enum E { Z = 0; reserved ${many(count, (i) => `"N${i}"`).replaceAll(' ', ', ')}; reserved ${many(count, (i) => String(1_000_000 + 2 * i)).replaceAll(' ', ', ')}; ${many(count, (i) => `V${i} = ${i + 1};`)} }`,
    groups: `syntax = "proto2"; message A { ${many(count, (i) => `optional group G${i} = ${20_000 + i} {}`)} }`,
    'statements for one option': `syntax = "proto2"; ${customOption} ${many(count, (i) => `option (o).list = ${i};`)}`,
    'members in one option': `syntax = "proto2"; ${customOption} option (o) = { ${many(count, (i) => `list: ${i} pairs { key: "k${i}" }`)} };`,
    'fields of one option': `syntax = "proto2"; import "google/protobuf/descriptor.proto"; message Opt { ${many(count, (i) => `optional int32 f${i} = ${20_000 + i};`)} }
    extend google.protobuf.FileOptions { optional Opt o = 50000; } option (o) = { ${many(count, (i) => `f${i}: 1`)} };`,
    extensions: `syntax = "proto2"; message A { ${many(count, (i) => `extensions ${i * 2 + 100_000};`)} } ${many(count, (i) => `extend A { optional int32 e${i} = ${i * 2 + 100_000}; }`)}`,
  };
}
