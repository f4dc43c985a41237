/** Where to go after signing in: a path of the portal itself, never another site (`//host`, `/\host`, `javascript:`). */
export function safeTarget(wanted: string | null): string {
  return wanted !== null && /^\/(?![/\\])/.test(wanted) ? wanted : '/meetings';
}
