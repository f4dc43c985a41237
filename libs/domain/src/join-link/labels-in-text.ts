/** Meeting numbers and passcodes that stand as words beside a link: `Meeting ID: 812 3456 7890`, `Kenncode: 445566`. */
import { plainText } from './links-in-text';

// Longer labels first where one begins another. The languages are those invitations of the known vendors come in.
const PASSCODE_LABELS = [
  'meeting password',
  'passcode',
  'pass code',
  'password',
  'kenncode',
  'kennwort',
  'passwort',
  'zugangscode',
  'code secret',
  'mot de passe',
  'código de acceso',
  'codigo de acceso',
  'contraseña',
  'senha',
  'codice di accesso',
  'wachtwoord',
  'toegangscode',
  'lösenord',
  'adgangskode',
  'hasło',
  'пароль',
  'код доступа',
  'パスコード',
  '密码',
  '密碼',
];
const NUMBER_LABELS = [
  'meeting id',
  'meeting-id',
  'meeting number',
  'webinar id',
  'webinar-id',
  'besprechungs-id',
  'konferenz-id',
  'id de réunion',
  'id de la réunion',
  'id de reunión',
  'id da reunião',
  'id riunione',
  'vergaderings-id',
  'ミーティングid',
  '会议号',
];

const PASSCODE = new RegExp(
  `(?:${PASSCODE_LABELS.join('|')})[ \\u00a0]{0,4}[:：]\\s{0,8}([^\\s<>"'\`,;:()]{3,32})`,
  'giu',
);
const NUMBER = new RegExp(
  `(?:${NUMBER_LABELS.join('|')})[ \\u00a0]{0,4}[:：]?\\s{0,8}(\\d(?:[ \\u00a0-]?\\d){8,13})(?!\\d)`,
  'giu',
);

/** The first value after `from`, else the first at all. */
function nearest(pattern: RegExp, text: string, from: number): string | null {
  let first: string | null = null;
  for (const match of text.matchAll(pattern)) {
    const value = match[1] ?? null;
    if (match.index >= from) return value;
    first ??= value;
  }
  return first;
}

export interface LabelledText {
  /** Plain text or HTML. */
  readonly text: string;
  /** Something that stands in the text where the meeting's link is; labels behind it are preferred. */
  readonly mark: string | null;
}

function find(pattern: RegExp, { text, mark }: LabelledText): string | null {
  if (text === '') return null;
  const plain = plainText(text);
  const at = mark === null ? 0 : Math.max(0, plain.indexOf(mark));
  return nearest(pattern, plain, at);
}

/** A passcode named by a label, without punctuation at its end; null when there is none. */
export function passcodeIn(labelled: LabelledText): string | null {
  const value = find(PASSCODE, labelled)?.replace(/[.!?]$/, '');
  return value === undefined || value.length < 3 || /^https?$/i.test(value) ? null : value;
}

/** A meeting number named by a label, digits only; null when there is none. */
export function numberIn(labelled: LabelledText): string | null {
  return find(NUMBER, labelled)?.replace(/\D/g, '') ?? null;
}
