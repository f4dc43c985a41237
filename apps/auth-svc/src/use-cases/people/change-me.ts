import { fail, meBodySchema, parseBody, type Caller, type Me, type RawBody } from '@daybook/contracts';
import { isZone } from '@daybook/domain';
import { PersonStore } from '../../ports/person-store';
import { ReadMe } from './read-me';

/** Changes a person's language and time zone. */
export class ChangeMe {
  constructor(
    private readonly people: PersonStore,
    private readonly readMe: ReadMe,
  ) {}

  async run(caller: Caller, body: RawBody): Promise<Me> {
    if (caller.role === 'service') throw fail('forbidden', 'An API key has no person behind it.');
    const { language, timeZone } = parseBody(meBodySchema, body);
    if (timeZone !== undefined && !isZone(timeZone)) {
      const detail = 'This is not the name of a time zone, such as Europe/Berlin.';
      throw fail('invalid_body', undefined, { fields: [{ field: 'timeZone', code: 'zone_unknown', detail }] });
    }
    const change = { ...(language && { language }), ...(timeZone && { timeZone }) };
    if (Object.keys(change).length > 0) await this.people.changePreferences(caller.userId, change);
    return this.readMe.run(caller);
  }
}
