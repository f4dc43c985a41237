/** The token of `Authorization: Bearer …`, or null when there is none or it is not of that form. */
export function bearerOf(header: string | undefined): string | null {
  if (!header || header.length > 4096) {
    return null;
  }
  const match = /^Bearer ([\w.~+/=-]+) *$/i.exec(header);
  return match?.[1] ?? null;
}
