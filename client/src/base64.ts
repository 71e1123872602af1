import { type Uri, workspace } from 'vscode';

/** The bytes of a file as text that a message can carry. */
export async function readBase64(file: Uri): Promise<string> {
  const bytes = await workspace.fs.readFile(file);
  let binary = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(binary);
}

/** The bytes behind such a text. */
export function bytesOfBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
}
