/** What a server asks for with a 401: a scheme in lower case, and what stands behind it (RFC 9110 section 11.6.1). */
export interface Challenge {
  readonly scheme: string;
  /** Base64 of a message; empty where there is none. */
  readonly token: string;
}

const PARAMETER = /^[^\s=]+\s*=\s*(?:"|[^\s=])/;
const PIECE = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;

/** Several challenges may share a line, between commas that their parameters have, too. */
export function readChallenges(header: string | string[] | undefined): Challenge[] {
  const lines = header === undefined ? [] : Array.isArray(header) ? header : [header];
  return lines
    .flatMap((line) => line.match(PIECE) ?? [])
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '' && !PARAMETER.test(piece))
    .map((piece) => {
      const [scheme = '', token = ''] = piece.split(/\s+/, 2);
      return { scheme: scheme.toLowerCase(), token };
    });
}
