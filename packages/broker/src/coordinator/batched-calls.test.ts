import { describe, expect, it } from 'vitest';
import { BatchedCalls } from './batched-calls.ts';

interface OpenRequest {
  readonly target: number;
  readonly items: readonly string[];
  /** The answers are the items in capitals. */
  answer(): void;
  fail(error: Error): void;
}

/** Requests that end when the test says so. */
class ManualNodes {
  readonly calls: BatchedCalls<number, string, string>;
  readonly #requests: OpenRequest[] = [];
  #onRequest = Promise.withResolvers<void>();

  constructor(limits: { readonly maxItems?: number; readonly maxWaiting?: number } = {}) {
    this.calls = new BatchedCalls({
      maxItems: limits.maxItems ?? 100,
      maxWaiting: limits.maxWaiting ?? 100,
      send: (target, items) => {
        const { promise, resolve, reject } = Promise.withResolvers<string[]>();
        const answer = () => resolve(items.map((item) => item.toUpperCase()));
        this.#requests.push({ target, items, answer, fail: reject });
        this.#onRequest.resolve();
        return promise;
      },
    });
  }

  /** The oldest request that was not looked at yet. */
  async next(): Promise<OpenRequest> {
    if (this.#requests.length === 0) await this.#onRequest.promise;
    this.#onRequest = Promise.withResolvers<void>();
    return this.#requests.shift()!;
  }
}

describe('calls to other nodes', () => {
  it('of one turn share a request, and get each its own answer', async () => {
    const nodes = new ManualNodes();
    const answers = ['a', 'b', 'c'].map((item) => nodes.calls.call(1, item));
    const request = await nodes.next();
    expect(request).toMatchObject({ target: 1, items: ['a', 'b', 'c'] });
    request.answer();
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'C']);
  });

  it('gather while a request is under way; other nodes do not wait for it', async () => {
    const nodes = new ManualNodes({ maxItems: 2 });
    const first = nodes.calls.call(1, 'a');
    const toFirst = await nodes.next();
    const later = ['b', 'c', 'd'].map((item) => nodes.calls.call(1, item));
    const other = nodes.calls.call(2, 'x');
    (await nodes.next()).answer();
    expect(await other).toBe('X');
    toFirst.answer();
    expect(await first).toBe('A');
    const second = await nodes.next();
    expect(second.items).toEqual(['b', 'c']);
    second.answer();
    (await nodes.next()).answer();
    expect(await Promise.all(later)).toEqual(['B', 'C', 'D']);
  });

  it('fail together, and the next ones are sent all the same', async () => {
    const nodes = new ManualNodes();
    const failing = Promise.allSettled(['a', 'b'].map((item) => nodes.calls.call(1, item)));
    (await nodes.next()).fail(new Error('no route'));
    expect(await failing).toMatchObject(
      ['a', 'b'].map(() => ({ status: 'rejected', reason: { message: 'no route' } })),
    );
    const next = nodes.calls.call(1, 'c');
    (await nodes.next()).answer();
    expect(await next).toBe('C');
  });

  it('are refused when too many wait for a node', async () => {
    const nodes = new ManualNodes({ maxWaiting: 1 });
    const first = nodes.calls.call(1, 'a');
    const request = await nodes.next();
    const second = nodes.calls.call(1, 'b');
    await expect(nodes.calls.call(1, 'c')).rejects.toMatchObject({ code: 'COORDINATOR_NOT_AVAILABLE' });
    request.answer();
    (await nodes.next()).answer();
    expect(await Promise.all([first, second])).toEqual(['A', 'B']);
  });
});
