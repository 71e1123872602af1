import { createECDH, generateKeyPairSync, randomBytes } from 'node:crypto';
import dns from 'node:dns/promises';
import { domainToASCII } from 'node:url';
import { namedGroups } from '../../core/facts/tls-parameters.ts';
import type { Clock, Network, ProbeCrypto, ProbePort } from '../../probe/port.ts';
import { nodeCertificates } from './probe-certificates.ts';
import { completeHandshake } from './probe-handshake.ts';
import { secureSocket } from './probe-proxy-tls.ts';
import { connectSocket, NodeProbeSocket, networkFailure } from './probe-socket.ts';

/** The probe's port on Node. */
export function createNodeProbePort(): ProbePort {
  return { clock, crypto, network, certificates: nodeCertificates(), domainToAscii: domainToASCII };
}

const clock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

const network: Network = {
  async resolve(host) {
    try {
      const addresses = await dns.lookup(host, { all: true });
      return addresses.map(({ address }) => address);
    } catch (error) {
      throw networkFailure(error);
    }
  },
  connect: connectSocket,
  secure(socket, request, stop) {
    if (!(socket instanceof NodeProbeSocket)) {
      return Promise.reject(new TypeError('The socket is not of this port.'));
    }
    return secureSocket(socket, request, stop);
  },
  handshake(socket, request, stop) {
    if (!(socket instanceof NodeProbeSocket)) {
      return Promise.reject(new TypeError('The socket is not of this port.'));
    }
    return completeHandshake(socket.release(), request, stop);
  },
};

const crypto: ProbeCrypto = {
  random: (length) => randomBytes(length),
  publicKey(group) {
    try {
      return makers[group]?.();
    } catch {
      // Not every build of Node's crypto knows every curve.
      return undefined;
    }
  },
};

const makers: Readonly<Record<number, () => Uint8Array>> = {
  [namedGroups.x25519]: () =>
    rawKey(generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'der' }), 32),
  [namedGroups.x448]: () => rawKey(generateKeyPairSync('x448').publicKey.export({ type: 'spki', format: 'der' }), 56),
  [namedGroups.secp256r1]: () => curvePoint('prime256v1'),
  [namedGroups.secp384r1]: () => curvePoint('secp384r1'),
  [namedGroups.secp521r1]: () => curvePoint('secp521r1'),
  [namedGroups.ffdhe2048]: () => fieldElement(256),
  [namedGroups.ffdhe3072]: () => fieldElement(384),
};

/** The key stands at the end of its SubjectPublicKeyInfo. */
function rawKey(der: Uint8Array, length: number): Uint8Array {
  return der.subarray(der.length - length);
}

function curvePoint(curve: string): Uint8Array {
  return createECDH(curve).generateKeys();
}

/**
 * A public key of a finite field: a power of the generator 2 that is smaller than the prime, so that nothing has to be
 * computed. The secret behind it is no secret, but no handshake with it is ever completed.
 */
function fieldElement(length: number): Uint8Array {
  const element = new Uint8Array(length);
  const [place = 0, bit = 0] = randomBytes(2);
  element[1 + (place % (length / 2))] = 1 << (bit % 8);
  return element;
}
