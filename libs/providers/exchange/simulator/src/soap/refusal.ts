import type { XmlElement } from '../wire/element';

export interface RefusalOptions {
  /** What the message is read together with: elements of `MessageXml`. */
  readonly messageXml?: readonly XmlElement[];
  /** Elements of the answer that are given in spite of it, in place of the empty ones. */
  readonly content?: readonly XmlElement[];
  readonly responseClass?: 'Error' | 'Warning';
}

/**
 * Why one part of a request is not carried out: it becomes the response message of this part, the others go on. The code is
 * one of `ResponseCodeType`.
 */
export class EwsRefusal extends Error {
  constructor(
    readonly responseCode: string,
    message: string,
    readonly options: RefusalOptions = {},
  ) {
    super(message);
  }
}

/** The request was carried out, but nobody hears of it: the connection is dropped instead of an answer. */
export class AnswerLost extends Error {}

/** Why a whole request is not carried out: a SOAP fault with status 500. */
export class EwsFault extends Error {
  constructor(
    readonly responseCode: string,
    message: string,
    readonly options: { readonly messageXml?: readonly XmlElement[]; readonly longMessage?: string } = {},
  ) {
    super(message);
  }
}
