import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import type { ReportAnswer } from '../../server/src/lsp/protocol.ts';
import { LspClient, uriOf } from '../harness/lsp-client.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const project =
  '<Project>\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n    <TargetFrameworkVersion>v4.5.2</TargetFrameworkVersion>\n  </PropertyGroup>\n</Project>\n';

test('the server writes the report, with links from the folder where it will be', async (t) => {
  const folder = tempFolder(t, { 'src/Old.csproj': project });
  const client = await LspClient.start({ folders: [folder] });
  t.after(() => client.stop());
  for (const format of ['html', 'markdown'] as const) {
    const { text, summary } = await client.connection.sendRequest<ReportAnswer>('dynamicsTls/report', {
      format,
      folder: uriOf(join(folder, 'docs')),
    });
    assert.match(text, /\.\.\/src\/Old\.csproj#L4/);
    assert.match(text, /src\/Old\.csproj:4/);
    assert.match(summary, /1 program cannot connect and needs a change\.$/);
  }
});
