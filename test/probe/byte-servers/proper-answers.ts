import { alert, certificateMessage, message, raw, record, recordsOf, serverHello, word } from '../harness/answers.ts';
import { acceptedOnly, accepting, allAccepted, certificate, flight, isVersion, quick, type Row } from './row.ts';

/** Proper answers, however they are cut. */
export const properAnswers: readonly Row[] = [
  {
    name: 'a whole flight in one record',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: record(22, flight(hello)) }]),
  },
  {
    name: 'each message in its own record',
    ...allAccepted,
    onHello: accepting((hello) =>
      isVersion(hello, 0x0304)
        ? [{ send: record(22, serverHello(hello)) }]
        : [
            { send: record(22, serverHello(hello)) },
            { send: record(22, certificateMessage(certificate.der)) },
            { send: record(22, message(14, raw())) },
          ],
    ),
  },
  {
    name: 'a flight in records of one byte',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: recordsOf(1, 22, flight(hello)) }]),
  },
  {
    name: 'a flight in records of three bytes',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: recordsOf(3, 22, flight(hello)) }]),
  },
  {
    name: 'a flight whose record comes in two pieces',
    ...allAccepted,
    onHello: accepting((hello) => {
      const bytes = record(22, flight(hello));
      return [{ send: bytes.subarray(0, 3) }, { pause: 5 }, { send: bytes.subarray(3) }];
    }),
  },
  {
    name: 'a ServerHello that drips in',
    ...acceptedOnly,
    onHello: accepting((hello) => [{ drip: record(22, serverHello(hello)), every: 1 }, 'hang']),
  },
  {
    name: 'a ServerHello and then silence',
    ...acceptedOnly,
    timeout: quick,
    onHello: accepting((hello) => [{ send: record(22, serverHello(hello)) }, 'hang']),
  },
  {
    name: 'a ServerHello and then the end',
    ...acceptedOnly,
    onHello: accepting((hello) => [{ send: record(22, serverHello(hello)) }, 'end']),
  },
  {
    name: 'a ServerHello and then a reset',
    ...acceptedOnly,
    onHello: accepting((hello) => [{ send: record(22, serverHello(hello)) }, { pause: 20 }, 'reset']),
  },
  {
    name: 'a ServerHello and then an alert',
    ...acceptedOnly,
    onHello: accepting((hello) => [{ send: raw(record(22, serverHello(hello)), alert(80)) }, 'end']),
  },
  {
    name: 'a ServerHello and then garbage',
    ...acceptedOnly,
    onHello: accepting((hello) => [{ send: raw(record(22, serverHello(hello)), 'garbage') }, 'hang']),
  },
  {
    name: 'a certificate message that is broken',
    ...acceptedOnly,
    onHello: accepting((hello) => [
      {
        send: record(22, isVersion(hello, 0x0304) ? flight(hello) : raw(serverHello(hello), message(11, raw(9, 9, 9)))),
      },
      'hang',
    ]),
  },
  {
    name: 'records that claim to be of TLS 1.0',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: record(22, flight(hello), 0x0301) }]),
  },
  {
    name: 'a HelloRequest before the ServerHello',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: record(22, raw(message(0, raw()), flight(hello))) }]),
  },
  {
    name: 'a warning alert before the ServerHello',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: raw(alert(112, 1), record(22, flight(hello))) }]),
  },
  {
    name: 'a warning alert cut in two before the ServerHello',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: raw(record(21, raw(1)), record(21, raw(112)), record(22, flight(hello))) }]),
  },
  {
    name: 'a ServerHello with extensions that nobody knows',
    ...acceptedOnly,
    onHello: accepting((hello) =>
      isVersion(hello, 0x0304)
        ? [{ send: record(22, serverHello(hello)) }]
        : [{ send: record(22, serverHello(hello, { extensions: raw(word(0xfafa), word(3), 1, 2, 3) })) }, 'end'],
    ),
  },
];
