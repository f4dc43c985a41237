/** A page of another kind is read from its top, however far down the one before was. */
export function toTop(): void {
  document.documentElement.scrollTop = 0;
}
