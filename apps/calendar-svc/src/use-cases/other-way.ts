import { methodSchema, type ConnectionMethod, type ServiceName } from '@daybook/contracts';
import type { Provider } from '@daybook/provider-port';

interface Way {
  readonly service: ServiceName;
  readonly method: ConnectionMethod;
}

/** Whose sign-in the same service can be connected with instead, as people know it: `Microsoft`. Null where there is none. */
export function otherWay(
  { service, method }: Way,
  providerFor: (way: Way) => Pick<Provider, 'describe'> | null,
): string | null {
  const others = methodSchema.options.filter((other) => other !== method);
  const [provider] = others.flatMap((other) => providerFor({ service, method: other }) ?? []);
  return provider?.describe.label ?? null;
}
