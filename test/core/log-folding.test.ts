import assert from 'node:assert/strict';
import test from 'node:test';
import { logFoldings } from '../../server/src/core/index.ts';

/** The first and last line of each range, by their text. */
function folded(lines: readonly string[], limit?: number): [string, string][] {
  return logFoldings(lines.join('\r\n'), limit).map(({ start, end }) => [lines[start] ?? '', lines[end] ?? '']);
}

const source = 'Microsoft.Xrm.Tooling.Connector.CrmServiceClient';

test('a record with its stack folds as a whole, its stack from the first frame, and its inner exceptions by level', () => {
  const lines = [
    `${source} Information: 8 : Connecting`,
    `${source} Error: 2 : ERROR REQUESTING Token FROM THE Authentication context`,
    `${source} Error: 2 : Source\t: mscorlib`,
    'Error\t: One or more errors occurred.',
    'Stack Trace\t: at System.Threading.Tasks.Task.Throw(Boolean b)',
    '   at System.Threading.Tasks.Task.Get(Boolean b)',
    '======================================================================',
    'Inner Exception Level 1\t: ',
    'Stack Trace\t: at A.B(C d)',
    '   at A.C()',
    '======================================================================',
    'Inner Exception Level 2\t: ',
    'Stack Trace\t: at D.E(F g)',
    '   at D.F()',
    '======================================================================',
    `${source} Error: 2 : Unable to Login to Dynamics CRM`,
  ];
  assert.deepEqual(folded(lines), [
    [lines[1], lines[13]],
    [lines[4], lines[5]],
    [lines[7], lines[13]],
    [lines[8], lines[9]],
    [lines[11], lines[13]],
    [lines[12], lines[13]],
  ]);
});

test('a level ends where one begins that is not deeper, in traces without records as well', () => {
  const lines = [
    'Inner Exception Level 1: ',
    '==>Exception of type WebException',
    'Inner Exception Level 2: ',
    '==>Exception of type SocketException',
    'Inner Exception Level 1: ',
    '==>Exception of type WebException',
  ];
  assert.deepEqual(
    logFoldings(lines.join('\n')).map(({ start, end }) => [start, end]),
    [
      [0, 3],
      [2, 3],
      [4, 5],
    ],
  );
});

test('inner exceptions on lines of their own end where .NET says so', () => {
  const lines = [
    '2026-11-25 10:00:00 ERROR System.Net.Http.HttpRequestException: The SSL connection could not be established',
    ' ---> System.Security.Authentication.AuthenticationException: Authentication failed',
    ' ---> System.ComponentModel.Win32Exception (0x80090302): not supported',
    '   --- End of inner exception stack trace ---',
    '   at System.Net.Security.SslStream.A()',
    '--- End of stack trace from previous location ---',
    '   at System.Net.Http.ConnectHelper.B()',
    '   --- End of inner exception stack trace ---',
    '   at System.Net.Http.C()',
    '   at System.Net.Http.D()',
    '2026-11-25 10:00:01 INFO Next',
  ];
  assert.deepEqual(folded(lines), [
    [lines[0], lines[9]],
    [lines[1], lines[7]],
    [lines[2], lines[3]],
    [lines[3], lines[4]],
    [lines[5], lines[6]],
    [lines[7], lines[9]],
  ]);
});

test('stacks fold at the line before them where there is no record, in any language', () => {
  const lines = [
    'System.Net.WebException: Anforderung abgebrochen ---> System.IO.IOException: geschlossen',
    '   bei System.Net.A(B c)',
    '   bei System.Net.D()',
    '   --- Ende der internen Ausnahmestapelüberwachung ---',
    '   bei System.Net.E()',
    '',
    'done',
  ];
  assert.deepEqual(folded(lines), [
    [lines[0], lines[2]],
    [lines[3], lines[4]],
  ]);
});

test('what causes another in Java folds from one "Caused by" to the next', () => {
  const lines = [
    'javax.net.ssl.SSLHandshakeException: failed',
    '\tat a.b.C.d(C.java:1)',
    'Caused by: java.io.EOFException: closed',
    '\tat e.f.G.h(G.java:2)',
    '\t... 12 more',
    'Caused by: java.net.SocketException: reset',
    '\tat e.f.G.h(G.java:3)',
  ];
  assert.deepEqual(folded(lines), [
    [lines[0], lines[1]],
    [lines[2], lines[4]],
    [lines[5], lines[6]],
  ]);
});

test('a message of several lines folds, and single lines do not', () => {
  const lines = ['2026-11-25 10:00:00 INFO a', '2026-11-25 10:00:01 INFO b', '', 'c', 'd', '', '10:00:02 INFO e', ''];
  assert.deepEqual(folded(lines), [[lines[1], lines[4]]]);
  assert.deepEqual(folded(['plain', 'text', '', 'of a person']), []);
});

test('no more is read than is wanted', () => {
  const record = ['2026-11-25 10:00:00 ERROR failed', '   at A.B()', '   at A.C()'];
  const lines = Array.from({ length: 20_000 }, () => record).flat();
  assert.equal(folded(lines, 10).length, 10);
  assert.equal(folded(lines).length, 5000);
});
