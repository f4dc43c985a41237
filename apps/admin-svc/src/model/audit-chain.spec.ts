import { auditRecord } from '../testing/admin.suite';
import { chain, CHAIN_START, verifyChain, type ChainedRecord } from './audit-chain';

function trail(count: number): ChainedRecord[] {
  const links: ChainedRecord[] = [];
  for (let index = 1; index <= count; index += 1) {
    links.push(chain(auditRecord(`aud_${index}`), links.at(-1) ?? CHAIN_START));
  }
  return links;
}

describe('verifyChain', () => {
  const links = trail(5);
  const head = links.at(-1) ?? CHAIN_START;
  const subject = verifyChain;

  it('finds an untouched trail intact, in whatever order its fields are stored', () => {
    const reordered = links.map(({ record, ...link }) => {
      const fields = Object.entries(record).reverse();
      return { ...link, record: { ...record, ...Object.fromEntries(fields) } };
    });
    expect(subject(reordered, head)).toEqual({ intact: true, count: 5 });
  });

  it('notices a changed record', () => {
    const forged = links.map((link) =>
      link.number === 3 ? { ...link, record: { ...link.record, actorId: 'usr_other' } } : link,
    );
    expect(subject(forged, head)).toEqual({ intact: false, brokenAt: 3 });
  });

  it('notices a record that was taken out, put in, or cut off at the end', () => {
    expect(
      subject(
        links.filter(({ number }) => number !== 2),
        head,
      ),
    ).toEqual({ intact: false, brokenAt: 2 });
    expect(subject([...links.slice(0, 2), ...links.slice(1)], head)).toEqual({ intact: false, brokenAt: 3 });
    expect(subject(links.slice(0, 4), head)).toEqual({ intact: false, brokenAt: 5 });
  });

  it('notices a record forged together with its own hash', () => {
    const forged = chain({ ...auditRecord('aud_3'), action: 'nothing.happened' }, links[1] ?? CHAIN_START);
    const altered = links.map((link) => (link.number === 3 ? forged : link));
    expect(subject(altered, head)).toEqual({ intact: false, brokenAt: 4 });
  });
});
