import { window, workspace } from 'vscode';
import { readBase64 } from './base64.ts';

/** An export of a registry, as the server reads it. */
export interface ChosenFile {
  readonly name: string;
  readonly base64: string;
}

/** Exported registry files that the person picks; undefined when none was. */
export async function chooseRegistryFiles(title: string, openLabel: string): Promise<ChosenFile[] | undefined> {
  const uris = await window.showOpenDialog({
    title,
    openLabel,
    canSelectMany: true,
    ...(workspace.workspaceFolders?.[0] ? { defaultUri: workspace.workspaceFolders[0].uri } : {}),
    filters: { 'Registry files': ['reg'], 'All files': ['*'] },
  });
  return (
    uris &&
    Promise.all(uris.map(async (uri) => ({ name: uri.path.split('/').at(-1) ?? '', base64: await readBase64(uri) })))
  );
}
