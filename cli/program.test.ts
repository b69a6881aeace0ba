import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { offerFile, offerIds } from '../compose/library.js';
import { run } from './program.js';

const SCENARIO = `
title: an invoice that nobody pays
offer: edoc
facts:
  - { type: participant.registered, at: "2026-03-02T10:00:00+05:00" }
  - { type: invoice.presented, at: "2026-03-12T11:00:00+05:00", subject: INV-1, data: { kind: subscription, amount: "100000.00", currency: KZT } }
checks:
  - asOf: "2026-03-20T00:00:00+05:00"
    access: { portal: { open: false } }
`;

async function merzim(argv: readonly string[], { stdin = '', url = 'http://127.0.0.1:1' } = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const exit = await run(argv, {
    env: { MERZIM_URL: url, MERZIM_TOKEN: 'a-token-of-sixteen' },
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    stdin: async () => stdin,
  });
  return { exit, out, err };
}

function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'merzim-cli-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

describe('a call that is wrong exits 2 and says code and sentence on stderr, and nothing on stdout', () => {
  test.each([
    [['bogus'], /^cli\.usage: unknown command 'bogus'/],
    [[], /^cli\.usage: which command\? "merzim --help" names them$/],
    [['contract'], /^cli\.usage: which command\? "merzim contract --help" names them$/],
    [['offer'], /^cli\.usage: /],
    [['offer', 'bogus'], /^cli\.usage: /],
    [['offer', 'list', '--bogus'], /^cli\.usage: unknown option '--bogus'/],
    [['simulate'], /^cli\.usage: missing required argument/],
    [['simulate', 'a', 'b'], /^cli\.usage: too many arguments/],
    [['simulate', '/nowhere.yaml'], /^cli\.file: \/nowhere\.yaml cannot be read/],
    [['simulate', '-'], /^scenario\.form: -:1/],
    [['offer', 'show', 'nope'], /^offer\.unknown: .*edoc/],
    [['why', 'key'], /^cli\.usage: give a scenario and the key/],
    [['why', 'a', 'b', '--contract', 'c'], /^cli\.usage: with --contract/],
    [['why', 'a', 'b', '--lang', 'de'], /^cli\.usage: .*kk, ru, en/],
    [['contract', 'create'], /^cli\.usage: required option '--offer <id>'/],
    [['contract', 'create', '--offer', 'edoc', '--participant', '{'], /^cli\.json: --participant is not JSON/],
    [['contract', 'list', '--state', 'gone'], /^cli\.usage: .*offered, active, suspended, ended/],
    [['contract', 'list'], /^server\.unreachable: no server answers at http:\/\/127\.0\.0\.1:1 /],
    [['fact', 'add', 'c'], /^cli\.usage: name a type of fact, or a --file/],
    [['case', 'decide', 'c', 'r', 'used'], /^cli\.usage: required option '--reason <words>'/],
  ])('%j', async (argv, words) => {
    const { exit, out, err } = await merzim(argv);
    expect({ exit, out, err: err.length }).toEqual({ exit: 2, out: [], err: 1 });
    expect(err[0]).toMatch(words);
  });
});

describe('without a server', () => {
  test('offers, and the clauses of one, as JSON', async () => {
    const list = await merzim(['offer', 'list', '--json']);
    expect(JSON.parse(list.out.join('\n')).map((offer: { id: string }) => offer.id)).toEqual(offerIds());
    const clauses = JSON.parse((await merzim(['offer', 'clauses', 'edoc', '--json'])).out.join('\n'));
    expect(clauses).toContainEqual({
      ref: '5.4',
      kind: 'obligation',
      title: expect.any(String),
      rule: true,
      why: null,
    });
    for (const clause of clauses) expect([clause.ref, clause.rule]).toEqual([clause.ref, clause.why === null]);
  });

  test('a simulation shows its last check, or what is named, and reads stdin', async () => {
    const last = await merzim(['simulate', '-', '--json'], { stdin: SCENARIO });
    expect(JSON.parse(last.out.join('\n'))).toMatchObject({
      asOf: '2026-03-20T00:00:00+05:00',
      access: { portal: { open: false } },
    });
    const before = await merzim(['simulate', '-', '--json', '--as-of', '2026-03-19T23:59:59+05:00'], {
      stdin: SCENARIO,
    });
    expect(JSON.parse(before.out.join('\n'))).toMatchObject({
      knownAt: '2026-03-19T23:59:59+05:00',
      access: { portal: { open: true } },
    });
    const facts = SCENARIO.slice(0, SCENARIO.indexOf('checks:'));
    const known = await merzim(['simulate', '-', '--json'], { stdin: facts });
    expect(JSON.parse(known.out.join('\n'))).toMatchObject({ asOf: '2026-03-12T11:00:00+05:00' });
    const nothing = await merzim(['simulate', '-'], { stdin: 'title: t\noffer: edoc\nfacts: []' });
    expect(nothing).toMatchObject({ exit: 2, err: [expect.stringMatching(/^cli\.no_view: /)] });
  });

  test('scenario run counts, shows what failed, and exits 1', async () => {
    const broken = SCENARIO.replace('open: false', 'open: true');
    const path = folder({ 'a.yaml': SCENARIO, 'b.yaml': broken });
    const [a, b] = [join(path, 'a.yaml'), join(path, 'b.yaml')];
    expect(await merzim(['scenario', 'run', a])).toMatchObject({
      exit: 0,
      out: [`ok    ${a}: an invoice that nobody pays`, '1 passed, 0 failed'],
    });
    const { exit, out } = await merzim(['scenario', 'run', a, b]);
    expect([exit, out.at(-1)]).toEqual([1, '1 passed, 1 failed']);
    expect(out.join('\n')).toContain('access.portal.open\n          expected true\n          got      false');
    const json = await merzim(['scenario', 'run', b, '--json']);
    expect(JSON.parse(json.out.join('\n'))).toMatchObject({
      passed: 0,
      failed: 1,
      scenarios: [
        { failures: [{ path: 'access.portal.open', expected: true, got: false, asOf: '2026-03-20T00:00:00+05:00' }] },
      ],
    });
  });

  test('a scenario that cannot be read counts as failed, the others are run: exit 2', async () => {
    const path = folder({ 'a.yaml': SCENARIO, 'c.yaml': SCENARIO.replace('amount: "100000.00"', 'amount: "1"') });
    const { exit, out, err } = await merzim(['scenario', 'run', join(path, 'c.yaml'), join(path, 'a.yaml')]);
    expect([exit, out.at(-1)]).toEqual([2, '1 passed, 1 failed']);
    expect(err).toEqual([expect.stringMatching(/^fact\.invalid_data: .*c\.yaml: facts\[1\]\.data\.amount: /)]);
  });

  test('a policy that is a file stands beside its scenario', async () => {
    const policy = 'policy: never\ndecide: []\notherwise: leave\n';
    const path = folder({ 'a.yaml': `${SCENARIO}policy: never.yaml\n`, 'never.yaml': policy });
    const { out } = await merzim(['simulate', join(path, 'a.yaml'), '--json']);
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      access: { portal: { open: true } },
      rights: [{ clause: '5.9', state: 'open' }],
    });
  });

  test('lint exits 0 when readings settle every finding, and shows them all', async () => {
    const { exit, out } = await merzim(['offer', 'lint', 'avtomektep', '--json']);
    const { findings } = JSON.parse(out.join('\n')) as { findings: { code: string; silenced: boolean }[] };
    expect(findings.map(({ code }) => code)).toContain('two-terms');
    expect([exit, findings.filter(({ silenced }) => !silenced)]).toEqual([0, []]);
  });

  test('diff says what changes for a participant, and nothing for the same offer', async () => {
    const shorter = join(folder({}), 'shorter.yaml');
    writeFileSync(
      shorter,
      readFileSync(offerFile('edoc'), 'utf8').replace('within: 5 bank days', 'within: 3 bank days'),
    );
    const { exit, out } = await merzim(['offer', 'diff', 'edoc', shorter, '--json']);
    const { changes } = JSON.parse(out.join('\n')) as { changes: { code: string; favours: string }[] };
    expect([exit, changes]).toEqual([0, [expect.objectContaining({ code: 'term-shorter', favours: 'operator' })]]);
    expect((await merzim(['offer', 'diff', 'edoc', 'edoc'])).out.at(-1)).toBe('0 changes');
  });

  test('why tells the proof in the language that was asked for', async () => {
    const [en, kk] = await Promise.all(
      ['en', 'kk'].map((lang) => merzim(['why', '-', '5.9~INV-1~1~claim~fine', '--lang', lang], { stdin: SCENARIO })),
    );
    expect(en!.out.join('\n')).toContain('19 March 2026');
    expect(kk!.out.join('\n')).toContain('19 наурыз');
    const none = await merzim(['why', '-', '5.9~INV-9~1~claim~fine'], { stdin: SCENARIO });
    expect(none).toMatchObject({ exit: 2, err: [expect.stringMatching(/^effect\.unknown: /)] });
  });

  test('a journal that is none is broken: exit 1', async () => {
    const path = folder({ 'j.jsonl': 'nothing\n' });
    expect(await merzim(['journal', 'verify', join(path, 'j.jsonl'), '--json'])).toMatchObject({ exit: 1 });
  });

  test('help is no mistake', async () => {
    expect(await merzim(['--help'])).toMatchObject({ exit: 0, err: [] });
    expect(await merzim(['contract', 'create', '--help'])).toMatchObject({ exit: 0, err: [] });
  });
});

describe('on a server', () => {
  /** A server that answers one thing and keeps what it was asked. */
  async function server(status: number, body: unknown) {
    const asked: { method?: string; url?: string; headers: Record<string, unknown>; body: string }[] = [];
    const http = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        asked.push({ method: request.method!, url: request.url!, headers: request.headers, body: text });
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void http.close());
    const { port } = http.address() as { port: number };
    return { asked, url: `http://127.0.0.1:${port}/` };
  }

  test('keys of rights and instants are encoded, the token and a key go along', async () => {
    const { asked, url } = await server(200, { fact: { id: 'f', seq: 1, recordedAt: 't' } });
    await merzim(
      ['case', 'decide', 'c 1', '4.2%2Fsuspend~INV/1~1~operator', 'used', '--reason', 'r', '--idempotency-key', 'k'],
      { url },
    );
    expect(asked[0]).toMatchObject({
      method: 'POST',
      url: '/v1/contracts/c%201/rights/4.2%252Fsuspend~INV%2F1~1~operator/decision',
      headers: { authorization: 'Bearer a-token-of-sixteen', 'idempotency-key': 'k' },
      body: '{"decision":"used","reason":"r"}',
    });
    await merzim(['contract', 'show', 'c', '--as-of', '2026-03-20T00:00:00+05:00'], { url }).catch(() => undefined);
    expect(asked[1]?.url).toBe('/v1/contracts/c?asOf=2026-03-20T00%3A00%3A00%2B05%3A00');
  });

  test('a problem is said as the server says it; an answer that is none is said too', async () => {
    const problem = await server(409, { code: 'clock.backward', detail: 'the clock moves forward only', title: 't' });
    expect(await merzim(['contract', 'clock', 'c', '2026-01-01T00:00:00Z'], problem)).toEqual({
      exit: 2,
      out: [],
      err: ['clock.backward: the clock moves forward only'],
    });
    const proxy = await server(502, '<html>');
    expect(await merzim(['contract', 'list'], proxy)).toMatchObject({
      exit: 2,
      err: [expect.stringMatching(/^server\.unexpected: .*502/)],
    });
  });

  test('a drift is told line by line, with the members that differ, and answers no while it waits', async () => {
    const row = { kind: 'fine', amount: '100.00', at: '2026-03-20T00:00:00+05:00' };
    const drift = {
      seq: 2,
      asOf: '2026-03-20T00:00:00+05:00',
      engineWas: 'a',
      engineIs: 'b',
      law: 'l',
      foundAt: '2026-03-21T00:00:00+05:00',
      releasedAt: null,
      releasedBy: null,
      differences: [
        {
          of: 'ledger_entry',
          key: 'fine~5.9',
          was: row,
          is: { ...row, amount: '200.00' },
        },
        { of: 'open_case', key: 'c', was: null, is: { clause: '5.9' } },
      ],
    };
    expect(await merzim(['contract', 'drifts', 'c'], await server(200, { drifts: [drift] }))).toEqual({
      exit: 1,
      out: [
        '2026-03-21T00:00:00+05:00  engine a → b, up to fact 2, as of 2026-03-20T00:00:00+05:00: waits for a person',
        '  ledger_entry fine~5.9: amount "100.00" → "200.00"',
        '  open_case c: new {"clause":"5.9"}',
      ],
      err: [],
    });
    const { asked, url } = await server(200, { released: 1 });
    expect(await merzim(['contract', 'release', 'c', '--reason', 'looked'], { url })).toMatchObject({ exit: 0 });
    expect(asked[0]).toMatchObject({ url: '/v1/contracts/c/release', body: '{"reason":"looked"}' });
    const args = ['contract', 'release', 'c', '--reason', 'looked', '--of', 'wave'];
    expect(await merzim(args, { url })).toMatchObject({ exit: 0 });
    expect(asked[1]).toMatchObject({ body: '{"reason":"looked","of":"wave"}' });
    expect(await merzim([...args.slice(0, -1), 'all'], { url })).toMatchObject({ exit: 2 });
  });

  test('a contract is put under an edition, and a change of an offer is started, looked at and paced', async () => {
    const edition = 'e'.repeat(64);
    const one = await server(201, { edition, fact: { id: 'f', seq: 3, recordedAt: '2026-03-02T10:00:00+05:00' } });
    const adopt = ['contract', 'adopt', 'c', '--reason', 'mended', '--from', '2026-03-01T00:00:00+05:00'];
    expect(await merzim(adopt, one)).toMatchObject({
      exit: 0,
      out: [`edition ${edition} holds from 2026-03-01T00:00:00+05:00, known from 2026-03-02T10:00:00+05:00`],
    });
    expect(one.asked[0]).toMatchObject({
      url: '/v1/contracts/c/editions',
      body: '{"from":"2026-03-01T00:00:00+05:00","reason":"mended"}',
    });

    const refusals = [{ contract: 'c', code: 'contract.erased' }];
    const change = {
      offer: 'edoc',
      name: 'A 1',
      edition,
      state: 'under way',
      perSecond: 5,
      told: 2,
      refused: 1,
      refusals,
    };
    const { asked, url } = await server(202, change);
    const amend = ['offer', 'amend', 'edoc', '--name', 'A 1', '--kind', 'terms', '--per-second', '5'];
    expect(await merzim(amend, { url })).toEqual({
      exit: 0,
      out: [
        'A 1 of edoc, edition eeeeeeeeeeee: under way, 5 contracts a second',
        '2 told, 1 refused',
        '  c  contract.erased',
      ],
      err: [],
    });
    const decide = [
      'offer',
      'amend',
      'edoc',
      '--name',
      'M',
      '--adopt',
      'mended',
      '--from',
      '2026-03-01T00:00:00+05:00',
    ];
    await merzim(decide, { url });
    await merzim(['offer', 'amendment', 'edoc', 'A 1'], { url });
    await merzim(['offer', 'amendment', 'edoc', 'A 1', '--pause'], { url });
    await merzim(['offer', 'amendment', 'edoc', 'A 1', '--resume', '--per-second', '50'], { url });
    expect(asked.map(({ url: path, body }) => `${path} ${body}`)).toEqual([
      '/v1/offers/edoc/amendments {"name":"A 1","publish":{"kind":"terms"},"perSecond":5}',
      '/v1/offers/edoc/amendments {"name":"M","adopt":{"reason":"mended","from":"2026-03-01T00:00:00+05:00"}}',
      '/v1/offers/edoc/amendments/A%201 ',
      '/v1/offers/edoc/amendments/A%201/pace {"paused":true}',
      '/v1/offers/edoc/amendments/A%201/pace {"paused":false,"perSecond":50}',
    ]);
    expect(await merzim([...amend, '--from', '2026-03-01T00:00:00+05:00'], { url })).toMatchObject({
      exit: 2,
      err: [expect.stringMatching(/^cli\.usage: /)],
    });
    expect(await merzim([...decide, '--kind', 'terms'], { url })).toMatchObject({
      exit: 2,
      err: [expect.stringMatching(/^cli\.usage: /)],
    });
    expect(await merzim(['offer', 'amendment', 'edoc', 'A 1', '--pause', '--resume'], { url })).toMatchObject({
      exit: 2,
    });
  });

  test('facts come from a file too, in YAML', async () => {
    const { asked, url } = await server(200, { facts: [] });
    const path = folder({ 'f.yaml': '- { type: portal.visited, on: "2026-03-02" }\n' });
    expect(await merzim(['fact', 'add', 'c', '--file', join(path, 'f.yaml')], { url })).toMatchObject({ exit: 0 });
    expect(asked[0]?.body).toBe('[{"type":"portal.visited","on":"2026-03-02"}]');
  });
});
