import { ask, EWS } from './testing/autodiscover-bench';

const get = (target: string) => {
  const { status, headers, body } = ask('json', { method: 'GET', target: `/autodiscover/autodiscover.json${target}` });
  return { status, location: headers['location'], json: body === '' ? null : JSON.parse(body) };
};

describe('Autodiscover in JSON', () => {
  it('tells the address of a service, names in any case', () => {
    const json = { Protocol: 'EWS', Url: EWS };
    expect(get('?Email=ada@example.com&Protocol=EWS')).toMatchObject({ status: 200, json });
    expect(get('?email=ADA%40example.com&PROTOCOL=ews')).toMatchObject({ status: 200, json });
    expect(get('/v1.0/ada@example.com?Protocol=Ews')).toMatchObject({ status: 200, json });
  });

  it('leads clients to the other services', () => {
    const { json } = get('?Email=ada@example.com&Protocol=AutodiscoverV1');
    expect(json).toEqual({ Protocol: 'AutodiscoverV1', Url: 'https://mail.example.com/autodiscover/autodiscover.xml' });
  });

  it('sends people who have moved to the same service elsewhere, and counts', () => {
    expect(get('?Email=moved@example.com&Protocol=EWS&RedirectCount=2')).toMatchObject({
      status: 302,
      location:
        'https://autodiscover.other.example/autodiscover/autodiscover.json?Email=moved%40other.example&Protocol=EWS&RedirectCount=3',
    });
    expect(get('?Email=cloud@example.com&Protocol=EWS').location).toBe(
      'https://cloud.example/autodiscover/autodiscover.json?Email=cloud%40example.com&Protocol=EWS&RedirectCount=1',
    );
  });

  it.each([
    ['?Email=ada@example.com', 400, 'MandatoryParameterMissing', "'Protocol'"],
    ['?Protocol=EWS', 400, 'MandatoryParameterMissing', "'Email'"],
    ['/v1.0/%E0%A4%A?Protocol=EWS', 400, 'MandatoryParameterMissing', "'Email'"],
    ['?Email=ada@example.com&Protocol=Gopher', 400, 'InvalidProtocol', "'Gopher' is invalid"],
    ['?Email=eve@example.com&Protocol=EWS', 404, 'UserNotFound', 'not found'],
    ['?Email=nobox@example.com&Protocol=EWS', 404, 'UserNotFound', 'not found'],
  ])('refuses %s', (target, status, code, message) => {
    const answer = get(target);
    expect([answer.status, answer.json.ErrorCode]).toEqual([status, code]);
    expect(answer.json.ErrorMessage).toContain(message);
  });
});
