/** Where the pages of released versions are read. */
const repository = 'https://github.com/dynamics-tls/dynamics-tls';

/** The page of a rule. */
export function rulePage(rule: string): string {
  return `${repository}/blob/main/docs/rules/${rule}.md`;
}
