import { autodiscoverKind } from './autodiscover';

describe('autodiscoverKind', () => {
  it.each([
    ['/autodiscover/autodiscover.xml', 'pox'],
    ['/Autodiscover/AutoDiscover.XML', 'pox'],
    ['/autodiscover/autodiscover.svc', 'soap'],
    ['/AUTODISCOVER/autodiscover.json', 'json'],
    ['/autodiscover/autodiscover.json/v1.0/ada%40example.com', 'json'],
    ['/autodiscover/autodiscover.xml/', null],
    ['/autodiscover/autodiscover.json/v1.0/a/b', null],
    ['/x/autodiscover/autodiscover.xml', null],
    ['/EWS/Exchange.asmx', null],
  ])('knows where %s leads', (path, kind) => {
    expect(autodiscoverKind(path)).toBe(kind);
  });
});
