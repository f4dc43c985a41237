import { isDuplicateKey } from '@daybook/platform/mongo';
import type { Connection, Model } from 'mongoose';
import type { Account, Person } from '../../model/person';
import { AddressTaken, PersonStore } from '../../ports/person-store';
import type { Tx } from '../../ports/unit-of-work';
import { date, defineModel, flag, text } from './define-model';
import { sessionOf } from './mongo-unit-of-work';

type PersonDocument = Omit<Person, 'id'> & { _id: string };
type AccountDocument = Omit<Account, 'id'> & { _id: string };

export class MongoPersonStore extends PersonStore {
  private readonly people: Model<PersonDocument>;
  private readonly accounts: Model<AccountDocument>;

  constructor(connection: Connection) {
    super();
    this.accounts = defineModel<AccountDocument>(connection, 'accounts', { name: text, createdAt: date });
    this.people = defineModel<PersonDocument>(connection, 'people', {
      accountId: text,
      email: text,
      name: text,
      role: { type: String, required: true, enum: ['administrator', 'member'] },
      passwordHash: text,
      language: text,
      timeZone: text,
      phoneLicence: flag,
      createdAt: date,
    });
  }

  async findByEmail(email: string): Promise<Person | null> {
    return toPerson(await this.people.findOne({ email }).lean());
  }

  async find(id: string): Promise<Person | null> {
    return toPerson(await this.people.findOne({ _id: id }).lean());
  }

  async findAccount(id: string): Promise<Account | null> {
    const document = await this.accounts.findOne({ _id: id }).lean();
    return document && { id: document._id, name: document.name, createdAt: document.createdAt };
  }

  async isEmpty(): Promise<boolean> {
    return (await this.people.exists({})) === null;
  }

  async addAccount({ id, ...rest }: Account, tx: Tx): Promise<void> {
    await this.accounts.insertMany([{ _id: id, ...rest }], { session: sessionOf(tx) });
  }

  async add({ id, ...rest }: Person, tx: Tx): Promise<void> {
    try {
      await this.people.insertMany([{ _id: id, ...rest }], { session: sessionOf(tx) });
    } catch (error) {
      throw isDuplicateKey(error) ? new AddressTaken() : error;
    }
  }

  async changePreferences(id: string, change: Partial<Pick<Person, 'language' | 'timeZone'>>): Promise<void> {
    await this.people.updateOne({ _id: id }, { $set: change });
  }

  async changePasswordHash(id: string, passwordHash: string): Promise<void> {
    await this.people.updateOne({ _id: id }, { $set: { passwordHash } });
  }
}

function toPerson(document: PersonDocument | null): Person | null {
  if (!document) return null;
  const { _id, ...rest } = document;
  return { id: _id, ...rest };
}
