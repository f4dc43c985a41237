const EVERY_MS = 250;

/**
 * npm hands a signal to the shell it started, and a shell may end without handing it on: the command would stay behind with
 * all it started. A command that npm runs therefore also ends when the process that started it is gone.
 * @param {() => void} end
 */
export function endWithNpm(end, env = process.env) {
  if (!env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, EVERY_MS);
  timer.unref();
}
