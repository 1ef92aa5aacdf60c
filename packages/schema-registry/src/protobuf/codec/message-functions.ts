import type { SourceBuilder } from '../../codec/source-builder.ts';
import type { MessageModel } from '../link/model.ts';

/** One function per message, each written once, the messages that a message refers to after it. */
export class MessageFunctions {
  readonly #source: SourceBuilder;
  /** What their names begin with. */
  readonly #word: string;
  readonly #names = new Map<MessageModel, string>();
  /** Messages whose functions are named but not written: a chain of messages may be longer than the stack. */
  readonly #queue: MessageModel[] = [];

  constructor(source: SourceBuilder, word: string) {
    this.#source = source;
    this.#word = word;
  }

  /** The name of the function for a message. */
  name(message: MessageModel): string {
    const known = this.#names.get(message);
    if (known !== undefined) return known;
    const name = this.#source.name(this.#word);
    this.#names.set(message, name);
    this.#queue.push(message);
    return name;
  }

  /**
   * The function for a message.
   * @param define puts the function of one message into the source, under its name
   */
  compile(message: MessageModel, define: (message: MessageModel) => void): unknown {
    const root = this.name(message);
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) define(next);
    return this.#source.compile(root);
  }
}
