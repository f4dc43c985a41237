/** Why an order to the simulator was not carried out. */
export type RefusalCode = 'exists' | 'unknown_mailbox' | 'unknown_item' | 'unknown_kind' | 'invalid';

/** An order of the control side that cannot be carried out; the text is for the person who gave it. */
export class SimulatorRefusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
  }
}
