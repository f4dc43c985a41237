import { holdsJoinPart } from './join-part';

const UNTOLD = { isOnline: false, address: '' };
const TEAMS = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d';
const RULE = '_'.repeat(80);
const holds = (text: string) => holdsJoinPart(text, UNTOLD);

describe('the part of a description that people join by', () => {
  it.each([
    ['Teams', TEAMS],
    ['Teams by its number', 'https://teams.microsoft.com/meet/123456789012?p=abc'],
    ['Skype for Business Online', 'https://meet.lync.com/corp/ada/K3PX8Q2Z'],
    ['Skype for Business on a server of its own', 'https://meet.corp.example/ada/K3PX8Q2Z'],
    ['a wrapped link', `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(TEAMS)}&data=x`],
  ])('is known by its rule and an address of %s', (_whose, address) => {
    expect(holds(`Agenda\n${RULE}\nJoin<${address}>`)).toBe(true);
    expect(holds(`Agenda\n${'.'.repeat(60)}\nJoin: ${address}\n`)).toBe(true);
  });

  it('is known without a rule where its address is that of a link with words', () => {
    expect(holds(`Agenda\nJoin the meeting now<${TEAMS}>`)).toBe(true);
  });

  it.each([
    ['a rule alone', `Agenda\n${RULE}\nFrom: Ada<mailto:ada@example.com>`],
    ['an address that was pasted', `Agenda, see ${TEAMS}`],
    ['a page that is no meeting', `${RULE}\nHelp<https://teams.microsoft.com/help>`],
    ['an address of others', `${RULE}\nJoin: https://zoom.us/j/123456789`],
    ['a page of a host with a similar name', `${RULE}\nMenu<https://meet.corp.example/lunch/today>`],
    ['nothing', ''],
  ])('is not seen in %s', (_what, text) => {
    expect(holds(text)).toBe(false);
  });

  it('is known by what the provider tells as well', () => {
    const address = 'https://conference.corp.example/x';
    expect(holdsJoinPart(`Agenda\n${RULE}\nDial in`, { isOnline: true, address: '' })).toBe(true);
    expect(holdsJoinPart(`Join: ${address}`, { isOnline: true, address })).toBe(true);
    expect(holdsJoinPart('Agenda', { isOnline: true, address })).toBe(false);
  });

  it('is looked for in time that grows with the text', () => {
    const text = `${'.'.repeat(19)} https://meet.a/${'a/'.repeat(200)} `.repeat(1500);
    expect(holds(text)).toBe(false);
  });
});
