/** Draws by chance, but each card once before any comes again: a short run meets every kind of harm as early as it can. */
export function deckOf(cards, random) {
  let left = [];
  return {
    draw() {
      if (left.length === 0) left = [...cards];
      const [card] = left.splice(random.between(0, left.length - 1), 1);
      return card;
    },
  };
}
