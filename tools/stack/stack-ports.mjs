import { freePort, isFree } from '../processes/free-port.mjs';
import { rememberPorts, rememberedPorts } from './home.mjs';
import { HTTPS_OFFSET, SIMULATED } from './simulated.mjs';

const MAX_PORT = 65_535;

/** A free port whose twin, 100 above, is free as well: simulators speak https there. */
async function freePair() {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = await freePort();
    if (port + HTTPS_OFFSET <= MAX_PORT && (await isFree(port + HTTPS_OFFSET))) return port;
  }
  throw new Error('no pair of free ports for a simulator');
}

/**
 * All ports of a stack. Public ones are as set, 0 takes a free one; ports that only this machine uses are free ones,
 * the same as at the last start where they still are free.
 * @param {{ home: string, ports: Record<string, number>, simulate: boolean }} settings
 * @throws when a port that was asked for is taken, naming the variable to change
 */
export async function choosePorts({ home, ports, simulate }) {
  const wanted = {
    gateway: 'GATEWAY_PORT',
    ...(simulate
      ? { control: 'SANDBOX_CONTROL_PORT', ...Object.fromEntries(SIMULATED.map(({ key, port }) => [key, port])) }
      : {}),
  };
  for (const [name, variable] of Object.entries(wanted)) {
    if (ports[name] > 0 && !(await isFree(ports[name]))) {
      throw new Error(`Port ${ports[name]} is taken by another program. Set ${variable} to another one.`);
    }
  }
  const known = await rememberedPorts(home);
  const inside = { mongod: 0, nats: 0, authHttp: 0 };
  for (const name of Object.keys(inside)) inside[name] = await freePort(known[name]);
  await rememberPorts(home, inside);
  const pairs = {};
  for (const { key } of SIMULATED) pairs[key] = ports[key] || (await freePair());
  return {
    gateway: ports.gateway || (await freePort()),
    control: ports.control || (await freePort()),
    ...pairs,
    ...inside,
  };
}
