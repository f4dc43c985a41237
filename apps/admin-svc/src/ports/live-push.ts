export abstract class LivePush {
  abstract policyChanged(accountId: string, version: string): void;
}
