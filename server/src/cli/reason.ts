const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EEXIST: 'there is such a file already',
  ENOTDIR: 'a part of the path is no folder',
};

/** Why the system refused something, in words where its code is a common one. */
export function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return (typeof code === 'string' && words[code]) || (error instanceof Error ? error.message : String(error));
}
