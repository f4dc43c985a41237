import { inspect } from 'node:util';

const masked = '[secret]';

/**
 * A value that must not be shown: text, JSON and `inspect` all give `[secret]`. Only the code that puts it on a wire or into
 * a cipher calls `reveal()`, so a search for that word finds every place where a secret leaves its wrapping.
 */
export class Secret<T> {
  readonly #value: T;

  private constructor(value: T) {
    this.#value = value;
  }

  static of<T>(value: T): Secret<T> {
    return new Secret(value);
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return masked;
  }

  toJSON(): string {
    return masked;
  }

  [Symbol.toPrimitive](): string {
    return masked;
  }

  [inspect.custom](): string {
    return masked;
  }
}
