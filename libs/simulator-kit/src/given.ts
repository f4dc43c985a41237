/** True for a value that was sent: neither absent nor null. */
export const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
