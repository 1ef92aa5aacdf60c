import { allocateProducerIds, type ProducerIdBlock } from './allocate-producer-ids.ts';
import type { Controller } from './controller.ts';

const noBlock: ProducerIdBlock = { firstId: 0, count: 0 };

/** Hands out producer ids from blocks that the metadata log has recorded, so that none is ever given twice. */
export class ProducerIdSource {
  readonly #controller: Controller;
  #block = noBlock;
  #used = 0;
  #refill: Promise<void> | undefined;

  constructor(controller: Controller) {
    this.#controller = controller;
  }

  /** @throws KafkaError when no block can be allocated */
  async next(): Promise<number> {
    while (this.#used >= this.#block.count) await (this.#refill ??= this.#takeBlock());
    return this.#block.firstId + this.#used++;
  }

  /** One allocation serves everybody who waits. */
  async #takeBlock(): Promise<void> {
    try {
      this.#block = await this.#controller.run(allocateProducerIds);
      this.#used = 0;
    } finally {
      this.#refill = undefined;
    }
  }
}
