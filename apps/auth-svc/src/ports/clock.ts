/** Time as the deployment sees it. */
export abstract class Clock {
  abstract now(): Date;
}
