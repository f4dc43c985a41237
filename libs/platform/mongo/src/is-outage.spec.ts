import { mongo } from 'mongoose';
import { TransactionFailed } from './in-transaction';
import { isOutage as subject } from './is-outage';

describe('an outage of the database', () => {
  const lost = new mongo.MongoNetworkError('connect ECONNREFUSED');

  it('is a connection that is lost, also inside a transaction', () => {
    expect(subject(lost)).toBe(true);
    expect(subject(new TransactionFailed(8, lost))).toBe(true);
  });

  it('is no fault of what was asked', () => {
    expect(subject(new mongo.MongoServerError({ message: 'E11000', code: 11_000 }))).toBe(false);
    expect(subject(new TransactionFailed(8, new Error('conflict')))).toBe(false);
    expect(subject(new Error('a bug'))).toBe(false);
    expect(subject(null)).toBe(false);
  });
});
