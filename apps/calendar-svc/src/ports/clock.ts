/** Epoch milliseconds, as the deployment sees time. */
export interface Clock {
  now(): number;
}
