/** The address of this deployment as browsers see it. */
export class PublicAddress {
  readonly origin: string;
  readonly https: boolean;

  /** `url` has no slash at its end. */
  constructor(readonly url: string) {
    const { origin, protocol } = new URL(url);
    this.origin = origin;
    this.https = protocol === 'https:';
  }
}
