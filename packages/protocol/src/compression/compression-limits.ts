/**
 * Most bytes that one batch may hold after decompression, unless the caller says otherwise: what
 * `socket.request.max.bytes` lets through without compression.
 */
export const DEFAULT_MAX_DECOMPRESSED_BYTES = 100 * 1024 * 1024;

/** Asynchronous forms work at once on inputs below this: the way to another thread and back takes longer. */
export const ASYNC_FROM_BYTES = 32 * 1024;
