import assert from 'node:assert/strict';
import test from 'node:test';
import { errorSignatures } from '../../server/src/core/facts/error-signatures.ts';
import { ErrorTextReader, explainErrorText } from '../../server/src/core/index.ts';

const failedSend =
  'System.Net.WebException: The underlying connection was closed: An unexpected error occurred on a send. ---> System.IO.IOException: Authentication failed because the remote party has closed the transport stream.';

/** What a text gives when it arrives in pieces of this size. */
function inChunks(text: string, size: number) {
  const reader = new ErrorTextReader();
  for (let from = 0; from < text.length; from += size) {
    reader.push(text.slice(from, from + size));
  }
  return reader.end();
}

test('chunks may end anywhere, also between CR and LF', () => {
  const text = `first\r\nsecond\r\n${failedSend}\r\nlast\r\n`;
  const whole = explainErrorText(text);
  assert.deepEqual(
    whole.matches.map(({ line }) => line),
    [3, 3],
  );
  assert.equal(whole.lines, 4);
  for (const size of [1, 2, 7, 64]) {
    assert.deepEqual(inChunks(text, size), whole, `${size} units`);
  }
});

test('a match says the line on which it begins, also when it is wrapped', () => {
  const { matches } = explainErrorText(
    'a\nb\nSystem.Net.WebException: The underlying connection was closed: An unex\npected error occurred on a send.\n',
  );
  assert.deepEqual(
    matches.map(({ line, signature }) => [line, signature]),
    [[3, 'dotnet-error-on-send']],
  );
});

test('the innermost text that says something decides', () => {
  const { matches, first } = explainErrorText(
    'The SSL connection could not be established, see inner exception. ---> The remote certificate is invalid according to the validation procedure.',
  );
  assert.equal(first, 'certificate');
  assert.deepEqual(
    matches.map(({ signature, decisive }) => [signature, decisive]),
    [
      ['dotnet-ssl-connection', false],
      ['dotnet-certificate-invalid', true],
    ],
  );
});

test('the text of a match has no time stamp, no colours and no neighbours', () => {
  const { matches } = explainErrorText(`2026-11-25T10:00:00.123Z \u001b[31m[ERROR]\u001b[0m ${failedSend}`);
  assert.deepEqual(
    matches.map(({ text }) => text),
    [
      'System.Net.WebException: The underlying connection was closed: An unexpected error occurred on a send.',
      'System.IO.IOException: Authentication failed because the remote party has closed the transport stream.',
    ],
  );
});

for (const secret of [
  'Url=https://contoso.crm4.dynamics.com;Username=a@contoso.com;Password=hunter2hunter2;',
  'AuthType=ClientSecret;ClientSecret=hunter2hunter2',
  '{"client_secret": "hunter2hunter2"}',
  'Authorization: Bearer hunter2hunter2',
  'https://proxy-user:hunter2hunter2@proxy.contoso.com:8080',
  'https://a.blob.core.windows.net/?sv=1&sig=hunter2hunter2&se=2',
]) {
  test(`a match does not repeat the secret of "${secret.slice(0, 30)}..."`, () => {
    const [match] = explainErrorText(`Unable to connect to the remote server ${secret}`).matches;
    assert.match(match?.text ?? '', /\*\*\*/);
    assert.doesNotMatch(match?.text ?? '', /hunter2/);
  });
}

test('a sentence inside a longer one is not told twice', () => {
  const { matches } = explainErrorText(
    'Error\t: Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host.',
  );
  assert.deepEqual(
    matches.map(({ signature, text }) => [signature, text]),
    [
      [
        'dotnet-transport-read-reset',
        'Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host.',
      ],
    ],
  );
});

for (const stamp of [
  '2026-11-25 10:00:00,123 ERROR ',
  'Microsoft.Xrm.Tooling.Connector.CrmServiceClient\tError\t2\t23/08/2017 09:00:06  ',
  '2026-11-25T10:00:00.1234567+01:00 [ERR] ',
  '[10:00:00 ERR] ',
  '[2026-11-25 10:00:00.123] [error] [worker] ',
  '11/25/2026 10:00:00 AM: ',
  '25.11.2026 10:00:00 | ',
  'Nov 25 10:00:00 host app[123]: ',
  '2026-11-25 10:00:00.4850|ERROR|Contoso.Importer|',
  'Microsoft.Xrm.Tooling.Connector.CrmServiceClient Error: 2 : ',
  'fail: Contoso.Importer[0] ',
]) {
  test(`"${stamp.trim()}" begins a new error`, () => {
    // As one error the inner text would decide; as two, the second stands alone.
    const text = `${stamp}General ADAL Error\n${stamp}AADSTS50126: Invalid username or password.\n${stamp}General ADAL Error\n`;
    const adal = explainErrorText(text).matches.find(({ signature }) => signature === 'dynamics-general-adal-error');
    assert.equal(adal?.count, 2);
  });
}

test('stack frames with a time stamp of their own belong to the error before', () => {
  const stamp = '2026-11-25 10:00:00 ERROR ';
  const { matches } = explainErrorText(
    [
      `${stamp}System.Net.Sockets.SocketException: An existing connection was forcibly closed by the remote host`,
      `${stamp}   at System.Net.ConnectStream.Read(Byte[] buffer, Int32 offset, Int32 size)`,
    ].join('\n'),
  );
  assert.equal(matches[0]?.causes[0]?.id, 'network');
});

test('what happens most often decides about a log, not one stray line', () => {
  const stamp = (i: number) => `2026-11-25 10:00:${String(i % 60).padStart(2, '0')} ERROR `;
  const lines = Array.from({ length: 40 }, (_, i) => `${stamp(i)}${failedSend}`);
  lines.splice(20, 0, `${stamp(20)}The remote name could not be resolved: 'stray.contoso.com'`);
  const { matches, first } = explainErrorText(lines.join('\n'));
  assert.equal(first, 'tls-version');
  assert.deepEqual(
    matches.map(({ signature, count }) => [signature, count]),
    [
      ['dotnet-error-on-send', 40],
      ['dotnet-transport-stream-closed', 40],
      ['dotnet-name-not-resolved', 1],
    ],
  );
});

test('UTF-16 that was read as something else is still understood', () => {
  assert.equal(explainErrorText([...failedSend].join('\0')).first, 'tls-version');
});

test('quotation marks of mail and the bar of PowerShell 7 do not matter', () => {
  const text = '> > Invoke-WebRequest:\n     |  The SSL connection could not be established, see inner exception.\n';
  assert.equal(explainErrorText(text).first, 'tls-version');
});

test('what is kept does not grow with the text, whether it has line ends or not', () => {
  const chunk = 64 * 1024;
  const record = `2026-11-25 10:00:00 ERROR ${failedSend}\r\n   at System.Net.HttpWebRequest.GetResponse()\r\n`;
  for (const piece of [record.repeat(Math.ceil(chunk / record.length)), 'x ssl '.repeat(Math.ceil(chunk / 6))]) {
    const reader = new ErrorTextReader();
    let most = 0;
    for (let pushed = 0; pushed < 8 * 1024 * 1024; pushed += piece.length) {
      reader.push(piece);
      most = Math.max(most, reader.kept);
    }
    assert.ok(most < 8 * chunk, `${most} kept`);
    reader.end();
  }
});

const spellings: Readonly<Record<string, string>> = {
  '{"ExceptionMessage":"The request was aborted: Could not create SSL\\/TLS secure channel."}': 'tls-version',
  '{"Message":"The underlying connection was closed:\\r\\nAn unexpected error occurred\\r\\non a send."}':
    'tls-version',
  '<E>Could not create SSL/TLS secure&#xD;&#xA;channel.</E>': 'tls-version',
  'java.net.SocketException: Connection reset': 'tls-version',
  'Win32Exception: The Local Security Authority cannot be contacted': 'tls-version',
  'The request channel timed out while waiting for a reply after 00:02:00.': 'network',
  'HTTP 403 Forbidden from proxy after CONNECT': 'proxy',
  'HTTP Error 407': 'proxy',
  "The HTTP request was forbidden with client authentication scheme 'Anonymous'.": 'sign-in',
  'The remote server returned an unexpected response: (405) Method Not Allowed.': 'other',
};
for (const [text, first] of Object.entries(spellings)) {
  test(`${text} means ${first}`, () => {
    assert.equal(explainErrorText(text).first, first);
  });
}

test('ordinary lines give nothing', () => {
  const text = [
    '2026-11-25 10:00:00 INFO TLS 1.2 is enabled on this machine',
    '2026-11-25 10:00:01 INFO Handshake completed: TLSv1.3, TLS_AES_256_GCM_SHA384',
    '2026-11-25 10:00:02 INFO Processed 10054 records, 12157 left, 40 errors were ignored',
    '2026-11-25 10:00:03 INFO HTTP/1.1 200 OK',
    '2026-11-25 10:00:04 WARN The certificate expires in 30 days',
    '2026-11-25 10:00:05 ERROR Value cannot be null. (Parameter name: account)',
  ].join('\n');
  assert.deepEqual(explainErrorText(text), { matches: [], first: null, lines: 6 });
});

test('every signature has an id of its own, a source and causes in the order of their likelihood', () => {
  const order = ['certain', 'likely', 'possible'];
  assert.equal(new Set(errorSignatures.map(({ id }) => id)).size, errorSignatures.length);
  for (const { id, source, pattern, causes, when } of errorSignatures) {
    assert.match(id, /^[a-z0-9]+(?:-[a-z0-9]+)+$/);
    assert.match(source, /^https:\/\//, id);
    assert.doesNotMatch(pattern.flags, /[gy]/, id);
    for (const hints of [causes, ...(when ?? []).map(([, special]) => special)]) {
      const ranks = hints.map(([, likelihood]) => order.indexOf(likelihood));
      assert.ok(ranks.length > 0, id);
      assert.deepEqual(ranks, ranks.toSorted(), id);
      assert.equal(new Set(hints.map(([cause]) => cause)).size, hints.length, id);
    }
  }
});
