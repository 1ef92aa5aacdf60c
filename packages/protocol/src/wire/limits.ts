/** Longest string in bytes of UTF-8, in both encodings, because the older one has an int16 length. */
export const MAX_STRING_BYTES = 32_767;

/**
 * Most list elements in one message, nested lists included.
 *
 * Every element takes at least a byte, so a frame bounds its own count, but an element of two bytes can become an
 * object of a hundred. This keeps a hostile 100 MiB frame from becoming gigabytes; the metadata of a million
 * partitions stays below it.
 */
export const MAX_LIST_ELEMENTS = 16_777_216;

/**
 * The largest int64, 9223372036854775807, as a number. Kafka uses it as "no limit"; the nearest double is 2^63, which no
 * other value of the wire can be, because anything else beyond 2^53 - 1 is refused.
 */
export const LONG_MAX: number = 2 ** 63;

/** `flexibleFrom` of a message that has no flexible version: above every int16 version. */
export const NEVER_FLEXIBLE = 32_768;
