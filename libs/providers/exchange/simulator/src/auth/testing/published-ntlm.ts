/**
 * The example of MS-NLMP section 4.2.4: `User` of `Domain` with the password `Password`.
 * https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-nlmp/125f7a94-933e-4023-a146-a449e49bf774
 */
const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

export const published = {
  secret: { user: 'User', domain: 'Domain', password: 'Password' },
  serverChallenge: hex('0123456789abcdef'),
  responseKey: hex('0c868a403bfd7a93a3001ef22ef02e3f'),
  temp: hex(`
    01010000000000000000000000000000 aaaaaaaaaaaaaaaa 00000000
    02000c0044006f006d00610069006e00 01000c005300650072007600650072000000000000000000`),
  proof: hex('68cd0ab851e51c96aabc927bebef6a1c'),
  sessionBaseKey: hex('8de40ccadbc14a82f15cb0ad0de95ca3'),
  sessionKey: hex('55555555555555555555555555555555'),
  encryptedSessionKey: hex('c5dad2544fc9799094ce1ce90bc9d03e'),
  authenticate: hex(`
    4e544c4d53535000 03000000 180018006c000000 5400540084000000 0c000c0048000000 0800080054000000
    100010005c000000 10001000d8000000 358288e2 0501280a0000000f
    44006f006d00610069006e00 5500730065007200 43004f004d0050005500540045005200
    86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa 68cd0ab851e51c96aabc927bebef6a1c
    01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000
    02000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000
    c5dad2544fc9799094ce1ce90bc9d03e`),
};
