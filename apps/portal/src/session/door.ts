/** Whether an address shows what only signed-in people see. */
export const isBehindTheDoor = (path: string) => !/^\/(sign-in|welcome|approval)\/?$/.test(path);
