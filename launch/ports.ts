import { createServer, connect } from 'node:net';
import { Failure } from './failure.mjs';

/** A port on this machine that nothing uses now. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return listenOnce(host, 0);
}

/** `wanted` when nothing uses it, else any free port. */
export async function portNear(wanted: number | undefined, host = '127.0.0.1'): Promise<number> {
  if (wanted === undefined) return freePort(host);
  return listenOnce(host, wanted).catch(() => freePort(host));
}

/** Throws a Failure when the port cannot be listened on; `variable` is what the user would set. */
export async function requirePort(host: string, port: number, variable: string): Promise<void> {
  try {
    await listenOnce(host, port);
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') throw new Failure('port.in_use', { host, port, variable });
    throw new Failure('host.refused', { host, reason: code ?? String(thrown) });
  }
}

/** Reads a port from the environment; throws a Failure for anything but 1 to 65535. */
export function readPort(variable: string, fallback: number): number {
  const value = process.env[variable];
  if (value === undefined || value === '') return fallback;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > 65_535) throw new Failure('port.wrong', { variable, value });
  return port;
}

/** Waits until something accepts connections; false when `gone` settles or `timeoutMs` pass first. */
export async function waitForPort(
  host: string,
  port: number,
  timeoutMs: number,
  gone: Promise<unknown>,
): Promise<boolean> {
  let over = false;
  void gone.then(() => (over = true));
  const end = Date.now() + timeoutMs;
  while (!over && Date.now() < end) {
    if (await accepts(host, port)) return true;
    await new Promise((done) => setTimeout(done, 20));
  }
  return false;
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => (socket.destroy(), resolve(false)));
  });
}

function listenOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
