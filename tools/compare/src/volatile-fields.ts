import { recordBatches, type RecordBatch } from '@millrace/protocol';

/** Fields whose value differs between any two clusters; equal values get equal symbols, in order of appearance. */
const symbols = [
  /[mM]emberId$/,
  /^leader$/,
  /producerId$/i,
  /^(topicId|clusterId|subscriptionId|directoryId|leaderDirectoryId|clientInstanceId)$/,
  /DirectoryId$/,
];

/** Moments: only whether there is one is compared. */
const moments = /(timestamp|timeMs|deadlineMs|maxTimestamp)$/i;
const durations =
  /^(throttleTimeMs|transactionTimeoutMs|sessionTimeoutMs|rebalanceTimeoutMs|heartbeatIntervalMs)$/;

/** Texts for people: their wording is each broker's own. */
const texts = /errorMessage$|^authenticateErrorString$/i;

/** Left out: when a node is busy, and what a version that is not asked for would carry. */
const left = new Set(['throttleTimeMs', 'unknownTaggedFields']);

/** Turns answers of one peer into what can be compared with those of another one. */
export class VolatileFields {
  readonly #symbols = new Map<string, string>();
  readonly #replacements: [from: string, to: string][] = [];

  /** From now on `value` is written as `<name>` wherever it appears in a text. */
  replace(value: string, name: string): void {
    this.#replacements.push([value, name]);
    this.#replacements.sort(([a], [b]) => b.length - a.length);
  }

  comparable(value: unknown, field = ''): unknown {
    if (Buffer.isBuffer(value)) return this.#bytes(value, field);
    if (Array.isArray(value)) return this.#list(value, field);
    if (typeof value === 'object' && value !== null) return this.#fields(value);
    if (typeof value === 'string') return this.#text(value, field);
    if (typeof value === 'number') return this.#number(value, field);
    return value;
  }

  /** Lists of partition numbers and of members come in any order; members are put in that of their appearance. */
  #list(values: readonly unknown[], field: string): unknown[] {
    const isPartitions = field === 'partitions' && values.every((value) => typeof value === 'number');
    const ordered = isPartitions ? values.toSorted((a, b) => a - b) : values;
    if (field === 'members') return this.#members(values);
    return ordered.map((item) => this.comparable(item, field));
  }

  #members(values: readonly unknown[]): unknown[] {
    const known = [...this.#symbols.keys()];
    const placeOf = (value: unknown): number => {
      const { memberId } = value as { readonly memberId?: unknown };
      const place = known.indexOf(`memberid ${String(memberId)}`);
      return place === -1 ? known.length : place;
    };
    return values.toSorted((a, b) => placeOf(a) - placeOf(b)).map((item) => this.comparable(item, 'members'));
  }

  #fields(value: object): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined || left.has(key) || texts.test(key)) continue;
      result[key] = this.comparable(item, key);
    }
    return result;
  }

  #text(value: string, field: string): string {
    let replaced = value;
    for (const [from, to] of this.#replacements) replaced = replaced.replaceAll(from, `<${to}>`);
    if (replaced !== value || value === '' || !symbols.some((symbol) => symbol.test(field))) return replaced;
    return this.#symbol(value, field);
  }

  #number(value: number, field: string): unknown {
    if (field === 'port') return '<port>';
    if (moments.test(field) && !durations.test(field)) return value > 0 ? '<a moment>' : value;
    if (/producerId$/i.test(field) ? value >= 0 : field === 'subscriptionId')
      return this.#symbol(String(value), field);
    return value;
  }

  #symbol(value: string, field: string): string {
    if (value === 'AAAAAAAAAAAAAAAAAAAAAA') return '<no id>';
    const key = `${field.toLowerCase().replace(/^leader$/, 'memberid')} ${value}`;
    const known = this.#symbols.get(key);
    if (known !== undefined) return known;
    const symbol = `<${field} ${this.#symbols.size + 1}>`;
    this.#symbols.set(key, symbol);
    return symbol;
  }

  #bytes(value: Buffer, field: string): unknown {
    if (field !== 'records' || value.length === 0) return `hex ${value.toString('hex')}`;
    return recordBatches(value).map((batch) => this.comparable(batchFields(batch)));
  }
}

function batchFields(batch: RecordBatch): object {
  return {
    baseOffset: batch.baseOffset,
    lastOffset: batch.lastOffset,
    leaderEpoch: batch.partitionLeaderEpoch,
    attributes: batch.attributes,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    recordCount: batch.recordCount,
    maxTimestamp: batch.maxTimestamp,
    sizeBytes: batch.sizeBytes,
  };
}
