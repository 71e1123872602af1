import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestCertificate } from './certificates.ts';

/** Whether a program can be started; asked once for each. */
export function hasProgram(name: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(name, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A running server program. */
export interface ServerProgram {
  readonly port: number;
  stop(): Promise<void>;
}

/** A folder for the files of one test, removed with {@link ServerProgram.stop}. */
export function writeFiles(files: Readonly<Record<string, string>>): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'probe-'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), content);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts `openssl s_server` with a certificate and waits until it accepts connections. */
export async function startOpenssl(certificate: TestCertificate, ...args: readonly string[]): Promise<ServerProgram> {
  const files = writeFiles({ 'key.pem': certificate.keyPem, 'cert.pem': certificate.pem });
  const port = await freePort();
  const child = spawn(
    'openssl',
    ['s_server', '-accept', `127.0.0.1:${port}`, '-key', 'key.pem', '-cert', 'cert.pem', '-quiet', ...args],
    { cwd: files.folder, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  await untilListening(port, child);
  return { port, stop: () => stopProgram(child, files.remove) };
}

/** Starts nginx with TLS directives and waits until it accepts connections. */
export async function startNginx(certificate: TestCertificate, directives: string): Promise<ServerProgram> {
  const port = await freePort();
  const files = writeFiles({
    'key.pem': certificate.keyPem,
    'cert.pem': certificate.pem,
    'nginx.conf': [
      'daemon off; master_process off; pid nginx.pid; error_log stderr crit;',
      'events { worker_connections 64; }',
      'http { access_log off; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3;',
      'uwsgi_temp_path t4; scgi_temp_path t5;',
      `server { listen 127.0.0.1:${port} ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem; ${directives} } }`,
    ].join('\n'),
  });
  const child = spawn('nginx', ['-p', files.folder, '-c', 'nginx.conf', '-e', 'stderr'], { stdio: 'ignore' });
  await untilListening(port, child);
  return { port, stop: () => stopProgram(child, files.remove) };
}

/** Starts tinyproxy with some lines of configuration and waits until it accepts connections. */
export async function startTinyproxy(...lines: readonly string[]): Promise<ServerProgram> {
  const port = await freePort();
  const base = [`Port ${port}`, 'Listen 127.0.0.1', 'Timeout 20', 'MaxClients 20', 'LogLevel Critical'];
  const files = writeFiles({ 'tinyproxy.conf': [...base, ...lines, ''].join('\n') });
  const child = spawn('tinyproxy', ['-d', '-c', 'tinyproxy.conf'], { cwd: files.folder, stdio: 'ignore' });
  await untilListening(port, child);
  return { port, stop: () => stopProgram(child, files.remove) };
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  const limit = Date.now() + 5_000;
  while (!(await canConnect(port))) {
    if (child.exitCode !== null || Date.now() > limit) {
      throw new Error(`${child.spawnfile} does not listen (exit code ${child.exitCode}).`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function stopProgram(child: ChildProcess, remove: () => void): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => {
      remove();
      resolve();
    });
    if (child.exitCode === null) {
      child.kill('SIGKILL');
    } else {
      remove();
      resolve();
    }
  });
}
