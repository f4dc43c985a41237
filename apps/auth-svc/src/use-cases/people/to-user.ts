import type { User } from '@daybook/contracts';
import type { Person } from '../../model/person';

/** A person as they see themselves. */
export function toUser({ id, email, name, role, language, timeZone }: Person): User {
  return { id, email, name, role, language, timeZone };
}
