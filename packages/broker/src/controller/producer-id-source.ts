import type { ProducerIdBlock } from './allocate-producer-ids.ts';

const noBlock: ProducerIdBlock = { firstId: 0, count: 0 };

/** The next block is fetched when this share of one is used up, so that nobody has to wait for the controller. */
const PREFETCH_AT = 0.9;

/** Hands out producer ids from blocks that the metadata log has recorded, so that none is ever given twice. */
export class ProducerIdSource {
  readonly #allocate: () => Promise<ProducerIdBlock>;
  #block = noBlock;
  #used = 0;
  #next: Promise<ProducerIdBlock> | undefined;

  /** @param allocate asks the active controller for a block; rejects with a KafkaError when it cannot be asked */
  constructor(allocate: () => Promise<ProducerIdBlock>) {
    this.#allocate = allocate;
  }

  /** @throws KafkaError when no block can be allocated */
  async next(): Promise<number> {
    while (this.#used >= this.#block.count) await this.#takeBlock();
    const id = this.#block.firstId + this.#used++;
    // Supervised: whoever needs the block finds out that there is none, and asks again.
    if (this.#used === Math.floor(this.#block.count * PREFETCH_AT)) this.#ask().catch(() => undefined);
    return id;
  }

  /** One allocation serves everybody who waits. */
  async #takeBlock(): Promise<void> {
    const asked = this.#ask();
    try {
      const block = await asked;
      if (this.#next !== asked) return;
      this.#block = block;
      this.#used = 0;
    } finally {
      if (this.#next === asked) this.#next = undefined;
    }
  }

  #ask(): Promise<ProducerIdBlock> {
    if (this.#next !== undefined) return this.#next;
    const asked = this.#allocate();
    this.#next = asked;
    // What could not be had is asked for anew.
    asked.catch(() => {
      if (this.#next === asked) this.#next = undefined;
    });
    return asked;
  }
}
