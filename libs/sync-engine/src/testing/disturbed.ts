/** The process dies here. */
export class Crash extends Error {}

/** Called before and after every step a run takes on its stores and at the provider. */
export type Disturbance = () => void;

/** The same object, with something happening before and after each of its asynchronous methods. */
export function disturbed<T extends object>(target: T, disturb: Disturbance): T {
  return new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== 'function') return member;
      return (...values: unknown[]): unknown => {
        disturb();
        const result: unknown = Reflect.apply(member, object, values);
        return result instanceof Promise ? result.then((value: unknown) => afterwards(value, disturb)) : result;
      };
    },
  });
}

/** A step may also be over for the store, or the provider, and not for the run. What it gives is disturbed as well. */
function afterwards(value: unknown, disturb: Disturbance): unknown {
  disturb();
  const commits = typeof value === 'object' && value !== null && 'commit' in value;
  return commits ? disturbed(value, disturb) : value;
}

/** Something happens at the nth chance, and the process dies at another; null: never. */
export function disturbances(
  { meanwhileAt, crashAt }: { readonly meanwhileAt: number | null; readonly crashAt: number | null },
  meanwhile: () => void,
): Disturbance {
  let steps = 0;
  return () => {
    steps += 1;
    if (steps === meanwhileAt) meanwhile();
    if (steps === crashAt) throw new Crash('the process dies');
  };
}
