/**
 * Takes out of a message what may name a person or open a door: e-mail addresses, bearer and basic credentials, JSON web
 * tokens, and the query, fragment and user part of URLs. A net under the rule that messages are constant texts; not a
 * licence to log what people wrote.
 */
export function maskText(text: string): string {
  return bounded(text)
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, '$1 [hidden]')
    .replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '[token]')
    .replace(/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"'<>]*@/gi, '$1[hidden]@')
    .replace(/\b(https?:\/\/[^\s?#"'<>]+)[?#][^\s"'<>]*/gi, '$1?[hidden]')
    .replace(/[^\s@"'<>(),;:=]{1,64}@[^\s@"'<>(),;:=[\]]{1,255}/g, '[address]');
}

/** Messages are short; an error that quotes a page would make the expressions above slow and the log unreadable. */
function bounded(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}
