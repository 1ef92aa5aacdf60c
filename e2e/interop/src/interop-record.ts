/** A record as it travels between this script and the foreign clients: bytes in base64, `null` where Kafka has null. */
export interface InteropRecord {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly (readonly [name: string, value: string | null])[];
  readonly timestampMs: number;
}

export const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

/** Recent: the node's retention goes by these, and records a week old would be gone at its first check. */
const baseTimeMs = Date.now() - 60_000;

/** Named sets of records; each is sent with every codec. */
export const recordSets: Readonly<Record<string, readonly InteropRecord[]>> = {
  'keys, headers, tombstones, empty values': [
    { key: base64('k-1'), value: base64('plain'), headers: [], timestampMs: baseTimeMs },
    { key: null, value: base64('no key'), headers: [], timestampMs: baseTimeMs + 1 },
    { key: base64('k-2'), value: base64('with headers'), headers: twoHeaders(), timestampMs: baseTimeMs + 2 },
    { key: base64('k-1'), value: null, headers: [], timestampMs: baseTimeMs + 1000 },
    { key: base64('k-3'), value: base64(''), headers: [], timestampMs: baseTimeMs - 5000 },
    { key: base64('clé-ü'), value: base64('grüße, 世界'), headers: [], timestampMs: baseTimeMs + 3 },
  ],
  'one record of 1 MB': [
    {
      key: base64('large'),
      value: base64(pseudoRandomText(1_000_000)),
      headers: [],
      timestampMs: baseTimeMs,
    },
  ],
  '10,000 records in large batches': Array.from({ length: 10_000 }, (_, index) => ({
    key: base64(`key-${index % 97}`),
    value: base64(`value ${index} ${'x'.repeat(index % 50)}`),
    headers: [],
    timestampMs: baseTimeMs + index,
  })),
};

function twoHeaders(): InteropRecord['headers'] {
  return [
    ['trace', base64('abc')],
    ['trace', base64('a second one of the same name')],
  ];
}

/** Text that does not compress to nothing, the same in every run; text, because kcat reads lines and prints JSON. */
function pseudoRandomText(length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let text = '';
  let state = 0x9e3779b9;
  while (text.length < length) {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
    text += alphabet[state >>> 26];
  }
  return text;
}
