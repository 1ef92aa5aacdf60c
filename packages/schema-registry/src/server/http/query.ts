import { RestError } from '../../registry/rest-error.ts';

/** Parameters behind the question mark, read as the Java server reads them. */
export class Query {
  readonly #parameters: URLSearchParams;

  constructor(url: string) {
    const at = url.indexOf('?');
    this.#parameters = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  }

  /** Empty when it is not there. */
  text(name: string): string {
    return this.#parameters.get(name) ?? '';
  }

  texts(name: string): string[] {
    return this.#parameters.getAll(name);
  }

  has(name: string): boolean {
    return this.#parameters.has(name);
  }

  /** Anything but "true" means no. */
  flag(name: string): boolean {
    return this.text(name).toLowerCase() === 'true';
  }

  /** @throws RestError NOT_FOUND, as the Java server answers */
  whole(name: string, missing: number): number {
    const text = this.text(name);
    if (text === '') return missing;
    if (/^[+-]?\d{1,10}$/.test(text)) return Number(text);
    throw new RestError('NOT_FOUND', `HTTP 404 Not Found: parameter ${name} is no whole number`);
  }
}
