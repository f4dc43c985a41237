import { ewsSchema, ewsVersionSchema } from '@daybook/contracts';
import { createCatalog, type FormField } from '@daybook/providers/catalog';

/** Making a catalog calls nobody, so nobody answers. */
const refusing = () => Promise.reject(new Error('the catalog made a call'));
const catalog = createCatalog(
  {
    publicUrl: 'https://daybook.example.com',
    google: { clientId: null, clientSecret: null, baseUrl: null },
    microsoft: { clientId: null, clientSecret: null, loginUrl: null, graphUrl: null },
    exchange: { autodiscoverHosts: [] },
  },
  {
    http: { request: refusing },
    typedHttp: { request: refusing },
    findServers: { srv: refusing },
    clock: { now: () => 0 },
    log: { warn: () => undefined, debug: () => undefined },
  },
);

/** Of each service that is connected with a password. */
const forms: readonly (readonly FormField[])[] = catalog
  .services()
  .flatMap(({ methods }) => methods.filter(({ method }) => method === 'ews').map(({ fields }) => fields));

// The catalog may not know the contract, and the contract no provider: here both are known.
describe('the forms that are offered', () => {
  it('let people choose among the versions of Exchange that are taken, and no others', () => {
    const choices = forms.flatMap((fields) => fields.filter(({ name }) => name === 'version'));
    expect(choices.map(({ options }) => options)).toEqual([ewsVersionSchema.options]);
  });

  it('ask for nothing that is not taken', () => {
    const asked = forms.flatMap((fields) => fields.map(({ name }) => name));
    expect(asked.length).toBeGreaterThan(0);
    expect(Object.keys(ewsSchema.shape)).toEqual(expect.arrayContaining(asked));
  });
});
