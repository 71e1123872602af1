import type { Connection } from 'vscode-languageserver';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodePlatform } from './node-server.ts';
import { startServer } from './server.ts';

// The transport stands in the arguments: --node-ipc, --stdio, --socket or --pipe.
startServer(createConnection(ProposedFeatures.all) as Connection, nodePlatform);
