/** What a broker with its usual settings carries is 1 MB (`max_payload`); the rest is room for the envelope. */
export const LARGEST_PAGE_BYTES = 900_000;

/** Fewer than the measure says, because the items that are left out may have been the small ones. */
const CAUTION = 0.8;

/**
 * A page as JSON that fits into one message. Meetings differ in size a hundredfold (guests, rules with exceptions), so a page
 * that came out too large is read again with fewer items; its cursor leads on as always. A single item is never refused here.
 */
export async function fittingPage(
  query: Readonly<Record<string, unknown>>,
  read: (query: Readonly<Record<string, unknown>>) => Promise<{ readonly items: readonly unknown[] }>,
  largestBytes = LARGEST_PAGE_BYTES,
): Promise<Buffer> {
  let asked = query;
  for (;;) {
    const page = await read(asked);
    const bytes = Buffer.from(JSON.stringify(page));
    const count = page.items.length;
    if (bytes.length <= largestBytes || count <= 1) return bytes;
    const limit = Math.floor(((count * largestBytes) / bytes.length) * CAUTION);
    asked = { ...query, limit: Math.min(count - 1, Math.max(1, limit)) };
  }
}
