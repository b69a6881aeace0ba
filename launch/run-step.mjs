import { spawn } from 'node:child_process';

const SLOW_MS = 800;
const AGAIN_MS = 30_000;

/**
 * Runs one step of setting up to its end without showing its output. `tell` hears of it when it takes long.
 * Gives `{ ok, missing, words }`: `missing` when there is no such program, `words` what it said last.
 * Ctrl-C ends the step and then this process.
 */
export function runStep(tell, what, cwd, command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const began = performance.now();
    const slow = setTimeout(() => tell(`${what} …`), SLOW_MS);
    const again = setInterval(() => tell(`${what} … (${Math.round((performance.now() - began) / 1000)} s)`), AGAIN_MS);
    let said = '';
    const hear = (text) => (said = (said + text).slice(-8_000));
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    const end = (result) => {
      clearTimeout(slow);
      clearInterval(again);
      resolve(result);
    };
    child.once('error', (error) => end({ ok: false, missing: error.code === 'ENOENT', words: error.message }));
    child.once('close', (code) => end({ ok: code === 0, missing: false, words: lastWords(said) }));
  });
}

function lastWords(said) {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !/^npm (warn|notice)/i.test(line));
  return lines.slice(0, 12).join('\n') || 'it said nothing';
}
