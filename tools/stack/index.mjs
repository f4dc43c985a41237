/** What tests, measurements and commands use of the stack. */
export { startStack } from './start-stack.mjs';
export { FREE_PORTS } from './simulated.mjs';
export { withEnvFile } from './env-file.mjs';
export { root, serviceScript } from './paths.mjs';
export { buildChanged } from './build.mjs';
