import { join } from 'node:path';

const HOPELESS_DEATHS = 5;

/** Says each death on the console; while starting, a process that cannot live ends the start with the end of its log. */
export function watchDeaths({ home, report }) {
  const deaths = {};
  let giveUp = () => {};
  const onDied = ({ name, how, delayMs }) => {
    const log = join(home, 'logs', `${name}.log`);
    report.warn(`${name} ended (${how}), starting it again in ${delayMs} ms; see ${log}`);
    deaths[name] = (deaths[name] ?? 0) + 1;
    if (deaths[name] >= HOPELESS_DEATHS) giveUp(name);
  };
  const hopeless = (running) =>
    new Promise((_, reject) => {
      giveUp = async (name) => {
        const tail = await running.find((one) => one.name === name)?.logTail();
        reject(new Error(`${name} ended ${HOPELESS_DEATHS} times while starting:\n${tail}`));
      };
    });
  return { onDied, hopeless };
}
