/**
 * The value of a line as text. Versions before 4.0 know quoted-printable text in any charset (vCard 2.1, 2.1.4); what no charset of
 * that name exists for, or is not written in it, gets the sign for what could not be read.
 */
export function valueText(
  value: string,
  { quoted, charset }: { readonly quoted: boolean; readonly charset: string },
): string {
  if (!quoted) return value;
  const bytes = Buffer.from(
    value.replace(/=([\dA-F]{2})|([\u0080-\uffff]+)/gi, (_all, hex: string | undefined, signs: string | undefined) =>
      hex === undefined ? Buffer.from(signs ?? '', 'utf8').toString('latin1') : String.fromCharCode(parseInt(hex, 16)),
    ),
    'latin1',
  );
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder('utf-8').decode(bytes);
  }
}
