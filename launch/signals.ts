const CHECK_MS = 500;

/**
 * Resolves when somebody wants this process to end: Ctrl-C, TERM, a closed terminal, or the end of the npm that started
 * it. A second signal ends it at once; the watchdogs of its children do the rest.
 */
export function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve();
      });
    }
    if (process.env['npm_lifecycle_event'] !== undefined) whenParentIsGone(resolve);
  });
}

function whenParentIsGone(then: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, CHECK_MS);
  timer.unref();
}
