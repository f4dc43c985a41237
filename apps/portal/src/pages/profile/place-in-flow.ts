import type { Service } from '@daybook/contracts';

export type Method = Service['methods'][number];
export type StepName = 'service' | 'permissions' | 'method' | 'form';

interface Ways {
  /** The address of an earlier step, with every choice in it. */
  readonly backTo: (step: StepName) => URLSearchParams;
}

export type PlaceInFlow = Ways &
  (
    | { readonly step: 'service'; readonly service?: undefined }
    | { readonly step: 'permissions' | 'method'; readonly service: Service }
    | { readonly step: 'form'; readonly service: Service; readonly method: Method }
  );

/** Where somebody is, by the address; one that leads nowhere leads to the last step that makes sense. */
export function placeInFlow(services: readonly Service[], search: URLSearchParams): PlaceInFlow {
  const service = services.find((item) => item.service === search.get('service') && item.offered);
  const step = search.get('step');
  const backTo = (name: StepName) => atStep(search, name);
  if (!service || step === null) return { step: 'service', backTo };
  const method = service.methods.find((item) => item.method === search.get('method')) ?? onlyMethod(service);
  if (step === 'form' && method && hasForm(method)) return { step: 'form', service, method, backTo };
  if (step === 'method' && service.methods.length > 1) return { step: 'method', service, backTo };
  return { step: 'permissions', service, backTo };
}

export function atStep(search: URLSearchParams, step: StepName): URLSearchParams {
  const next = new URLSearchParams(search);
  if (step === 'service') next.delete('step');
  else next.set('step', step);
  return next;
}

export const onlyMethod = ({ methods }: Service): Method | undefined => (methods.length === 1 ? methods[0] : undefined);

/** The one that is chosen in the address, else the recommended one. */
export const methodIn = ({ methods }: Service, search: URLSearchParams): Method | undefined =>
  methods.find(({ method }) => method === search.get('method')) ??
  methods.find(({ recommended }) => recommended) ??
  methods[0];

/** Signed in to with a form of ours, and not on pages of the provider's. */
export const hasForm = ({ fields }: Method): boolean => fields.length > 0;
