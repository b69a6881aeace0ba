import { createServer, type Server, type Socket } from 'node:net';

/** A mail as it arrived. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly messageId: string;
  readonly text: string;
}

/** How the server treats the next mails. `lose`: takes the mail and falls silent. A number: refuses the recipient with this code. */
export type SmtpManner = 'well' | 'lose' | number;

/** An SMTP server on loopback that keeps what it gets. */
export interface SmtpServer {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  behave(how: SmtpManner): void;
  close(): Promise<void>;
}

/** Starts one. It speaks as much of RFC 5321 as a client needs: EHLO, MAIL, RCPT, DATA, RSET, NOOP, QUIT. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  let manner: SmtpManner = 'well';
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    converse(socket, () => manner, mails);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    behave: (how) => void (manner = how),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function converse(socket: Socket, manner: () => SmtpManner, mails: ReceivedMail[]): void {
  let from = '';
  let to: string[] = [];
  let data: string[] | null = null;
  let pending = '';
  const say = (line: string): void => void socket.write(`${line}\r\n`);

  function hear(line: string): void {
    if (data) return line === '.' ? endOfData(data) : void data.push(line.startsWith('..') ? line.slice(1) : line);
    const [verb = '', rest = ''] = line.split(/ (.*)/s);
    switch (verb.toUpperCase()) {
      case 'EHLO':
      case 'HELO':
        return say('250 merzim.test');
      case 'MAIL':
        from = address(rest);
        to = [];
        return say('250 ok');
      case 'RCPT': {
        const how = manner();
        if (typeof how === 'number') return say(`${how} no such mailbox`);
        to.push(address(rest));
        return say('250 ok');
      }
      case 'DATA':
        data = [];
        return say('354 go on');
      case 'QUIT':
        say('221 bye');
        return void socket.end();
      default:
        return say(verb === 'RSET' || verb === 'NOOP' ? '250 ok' : '502 not known');
    }
  }

  function endOfData(lines: readonly string[]): void {
    data = null;
    const text = lines.join('\n');
    mails.push({ from, to, messageId: /^Message-ID: (.*)$/im.exec(text)?.[1] ?? '', text });
    if (manner() !== 'lose') say('250 taken');
  }

  socket.setEncoding('utf8').on('data', (chunk) => {
    pending += String(chunk);
    for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      hear(line);
    }
  });
  say('220 merzim.test ESMTP');
}

const address = (text: string): string => /<([^>]*)>/.exec(text)?.[1] ?? text;
