import { createServer } from 'node:net';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { CannotBeDone, HttpAnswer, sortFailure } from './failures.js';
import { startSmtpServer } from './fakes/smtp-server.js';

const failed = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test.each([
  [400, 'final'],
  [401, 'final'],
  [404, 'final'],
  [408, 'away'],
  [410, 'final'],
  [425, 'away'],
  [429, 'away'],
  [500, 'unknown'],
  [503, 'unknown'],
])('HTTP %i is %s', (status, meaning) => {
  expect(sortFailure(new HttpAnswer(status, ''))).toMatchObject({ meaning });
});

test('what a port cannot do is final', () => {
  expect(sortFailure(new CannotBeDone('no'))).toEqual({ meaning: 'final', code: 'port.unsupported', message: 'no' });
});

test('a refused connection of fetch certainly took nothing along', async () => {
  const error = await failed(fetch(`http://127.0.0.1:${await closedPort()}/`, { method: 'POST' }));
  expect(sortFailure(error)).toMatchObject({ meaning: 'away', code: 'port.away' });
});

test('a refused connection of SMTP certainly took nothing along', async () => {
  const error = await failed(
    createTransport(`smtp://127.0.0.1:${await closedPort()}`).sendMail({ to: 'a@b.example', from: 'c@d.example' }),
  );
  expect(sortFailure(error)).toMatchObject({ meaning: 'away', code: 'port.away' });
});

test.each([
  [550, 'final'],
  [450, 'away'],
])('SMTP %i is %s', async (code, meaning) => {
  const server = await startSmtpServer();
  server.behave(code);
  const error = await failed(createTransport(server.url).sendMail({ to: 'a@b.example', from: 'c@d.example' }));
  expect(sortFailure(error)).toMatchObject({ meaning });
  await server.close();
});

test('silence after the mail was taken is unknown', async () => {
  const server = await startSmtpServer();
  server.behave('lose');
  const transport = createTransport({ url: server.url, socketTimeout: 200 } as never);
  const error = await failed(transport.sendMail({ to: 'a@b.example', from: 'c@d.example', text: 'x' }));
  expect(sortFailure(error)).toMatchObject({ meaning: 'unknown' });
  await server.close();
});

test('a timeout is unknown, and so is what nobody has seen before', () => {
  expect(sortFailure(new DOMException('late', 'TimeoutError'))).toMatchObject({
    meaning: 'unknown',
    code: 'port.timeout',
  });
  expect(sortFailure(new TypeError('x is not a function'))).toMatchObject({ meaning: 'unknown', code: 'port.broken' });
});
