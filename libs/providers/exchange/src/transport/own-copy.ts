/** From so many signs on the engine keeps a part of a text as a view of the whole. */
const LONGEST_COPIED = 12;

/**
 * The same text by itself. A part of a long text holds on to all of it, so that an id that somebody keeps would keep the answer it
 * stood in.
 */
export const ownCopy = (text: string): string => (text.length <= LONGEST_COPIED ? text : ` ${text}`.slice(1));
