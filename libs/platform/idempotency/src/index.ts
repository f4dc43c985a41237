export { inPlainSight, sealedBy } from './envelope';
export type { Envelope } from './envelope';
export { KeptAnswers } from './kept-answers';
export type { KeptAnswer } from './kept-answers';
export { keptAnswerIndexes, MongoKeptAnswers } from './mongo-kept-answers';
export { KEPT_FOR_MS, Once } from './once';
export type { Keep, OnceRequest } from './once';
