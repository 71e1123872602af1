import { type Node, parseAllDocuments } from 'yaml';

/** The text that was parsed last: several readers look at the same pipeline, one after the other. */
let last: { readonly text: string; readonly roots: readonly (Node | null)[] } | undefined;

/** The roots of the documents of a YAML file. Never throws; what cannot be parsed is left out. */
export function yamlRoots(text: string): readonly (Node | null)[] {
  if (last?.text !== text) {
    const options = { logLevel: 'silent', prettyErrors: false, strict: false, uniqueKeys: false } as const;
    const documents = parseAllDocuments(text, options);
    const roots = Array.isArray(documents) ? documents.map(({ contents }) => contents as Node | null) : [];
    last = { text, roots };
  }
  return last.roots;
}
