import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { clientPlatform } from './client-platform.ts';
import { startServer } from './server.ts';

/** The worker's own scope; the compiler knows no DOM here. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
startServer(connection, clientPlatform(connection));
