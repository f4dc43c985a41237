import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGN_LENGTH = 22;
const MOST_LENGTH = 4000;

/** Seals what a client carries back to us: opaque to it, not to be forged. */
export class Sealer<T> {
  constructor(private readonly key: string) {}

  seal(body: T): string {
    const payload = Buffer.from(JSON.stringify(body)).toString('base64url');
    return `${this.sign(payload)}${payload}`;
  }

  /** Null for anything that was not sealed here. */
  open(text: string): T | null {
    const [given, payload] = [text.slice(0, SIGN_LENGTH), text.slice(SIGN_LENGTH)];
    const [own, other] = [Buffer.from(this.sign(payload)), Buffer.from(given)];
    if (payload.length > MOST_LENGTH || own.length !== other.length || !timingSafeEqual(own, other)) return null;
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  }

  private sign(payload: string): string {
    return createHmac('sha256', this.key).update(payload).digest('base64url').slice(0, SIGN_LENGTH);
  }
}
