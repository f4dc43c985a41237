import { element, type XmlElement } from '../wire/element';
import { typeOfElement } from '../wire/schema';
import { validate } from '../wire/validate';
import { SchemaViolation } from '../wire/violations';
import { answerEnvelope, faultEnvelope, invalidRequest, readEnvelope, streamedEnvelope } from './envelope';
import type { Call, Operation, Operations, StreamedOperation } from './operation';
import { AnswerLost, EwsFault, EwsRefusal } from './refusal';
import { readHeaders, type RequestHeaders } from './request-headers';
import { refusedAnswer } from './response-messages';
import type { ServerVersion } from './server-version';

/** Who asks, as the sign-in found out, and where. */
export interface Asking {
  readonly caller: string;
  readonly origin: string;
  readonly gone?: AbortSignal;
}

export interface SoapSurroundings {
  readonly operations: Operations;
  readonly server: ServerVersion;
  readonly clock: { now(): number };
  /** Whether the simulated organisation has a mailbox of this address. */
  readonly hasMailbox: (email: string) => boolean;
  /** Whether one person may act in the name of another mailbox. */
  readonly mayImpersonate: (caller: string, email: string) => boolean;
  /** Told of faults of the simulator itself. */
  readonly onBug: (error: unknown) => void;
}

/** The text of an answer with its status, or texts that come one after the other. */
export type SoapAnswer =
  | { readonly status: 200 | 500; readonly body: string }
  | { readonly status: 200; readonly envelopes: AsyncIterable<string> }
  | { readonly isLost: true };

/** SOAP in front of operations: what comes in is checked by the schema, and so is what goes out. */
export class SoapDoor {
  constructor(private readonly around: SoapSurroundings) {}

  /** Answers one envelope. Never rejects: what goes wrong is a fault with status 500. */
  async answer(text: string, asking: Asking): Promise<SoapAnswer> {
    try {
      const { operation, request, call } = this.opened(text, asking);
      if (typeof operation !== 'function') {
        return { status: 200, envelopes: this.streamed(request.name, operation.stream(request, call)) };
      }
      const answer = await answerOf(operation, { request, call });
      return { status: 200, body: answerEnvelope(answer, this.around.server) };
    } catch (error) {
      if (error instanceof AnswerLost) return { isLost: true };
      return { status: 500, body: faultEnvelope(this.faultOf(error)) };
    }
  }

  private opened(text: string, asking: Asking): Opened & { readonly operation: Operation | StreamedOperation } {
    const envelope = readEnvelope(text);
    const headers = readHeaders(envelope.header, this.around.server);
    const { name } = envelope.request;
    if (typeOfElement(`m:${name}`) === null) throw invalidRequest();
    const request = validate(envelope.request);
    const mailbox = this.mailboxOf(headers, asking);
    const operation = Object.hasOwn(this.around.operations, name) ? this.around.operations[name] : undefined;
    if (operation === undefined) throw new EwsFault('ErrorInvalidOperation', `The operation ${name} is not supported.`);
    const { version, timeZone, culture } = headers;
    return {
      operation,
      request,
      call: { ...asking, mailbox, version, timeZone, culture, now: this.around.clock.now() },
    };
  }

  private mailboxOf({ impersonated }: RequestHeaders, { caller }: Asking): string {
    const email = impersonated?.text.trim().toLowerCase() ?? caller;
    if (email === caller) return caller;
    if (impersonated?.name === 'SID' || !this.around.hasMailbox(email)) {
      throw new EwsFault('ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.');
    }
    if (!this.around.mayImpersonate(caller, email)) {
      throw new EwsFault(
        'ErrorImpersonateUserDenied',
        'The account does not have permission to impersonate the requested user.',
      );
    }
    return email;
  }

  private async *streamed(name: string, answers: AsyncIterable<XmlElement>): AsyncIterable<string> {
    try {
      for await (const answer of answers) yield streamedEnvelope(answer, this.around.server);
    } catch (error) {
      if (error instanceof AnswerLost) throw error;
      if (error instanceof EwsRefusal) yield streamedEnvelope(refusedAnswer(name, error), this.around.server);
      else yield faultEnvelope(this.faultOf(error));
    }
  }

  private faultOf(error: unknown): EwsFault {
    if (error instanceof EwsFault) return error;
    if (error instanceof SchemaViolation) return schemaFault(error);
    this.around.onBug(error);
    return new EwsFault('ErrorInternalServerError', 'An internal server error occurred. The operation failed.');
  }
}

interface Opened {
  readonly request: XmlElement;
  readonly call: Call;
}

async function answerOf(operation: Operation, { request, call }: Opened): Promise<XmlElement> {
  try {
    return await operation(request, call);
  } catch (error) {
    if (error instanceof EwsRefusal) return refusedAnswer(request.name, error);
    throw error;
  }
}

function schemaFault({ message, line, position }: SchemaViolation): EwsFault {
  const text = 'The request failed schema validation';
  return new EwsFault('ErrorSchemaValidation', `${text}.`, {
    longMessage: `${text}: ${message}`,
    messageXml: [element('LineNumber', line), element('LinePosition', position), element('Violation', message)],
  });
}
