import { ExchangeBench } from './testing/exchange-bench';

describe('the door of Exchange Web Services', () => {
  it.each([
    ['another path', { path: '/EWS/Other.asmx' }, 404],
    ['a description that is not handed out', { method: 'GET', query: new URLSearchParams('wsdl') }, 404],
    ['a browser', { method: 'GET' }, 200],
    ['another verb', { method: 'PUT' }, 405],
    ['another type', { headers: { 'content-type': 'application/json' }, body: '{}' }, 415],
    ['no type', { headers: {}, body: '<a/>' }, 415],
    ['an empty body', { body: ' ' }, 400],
    ['a body that is too large', { body: `<a>${'x'.repeat(33 * 1024 * 1024)}</a>` }, 413],
    ['XML that is no envelope', { body: '<a/>' }, 500],
    ['the path in other letters', { path: '/ews/exchange.ASMX', body: '<a/>' }, 500],
  ])('answers %s', async (_what, request, status) => {
    expect((await new ExchangeBench().http(request)).status).toBe(status);
  });
});
