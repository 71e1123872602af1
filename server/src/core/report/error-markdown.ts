import { clientProductsPage, productsIn } from '../facts/client-products.ts';
import type { ErrorCauseId, ErrorExplanation, ErrorMatch } from '../model/error-explanation.ts';

/** How people call a cause. */
export const causeNames: Readonly<Record<ErrorCauseId, string>> = {
  'tls-version': 'TLS version',
  'cipher-suite': 'Cipher suite',
  certificate: 'Certificate',
  proxy: 'Proxy',
  dns: 'Host name (DNS)',
  network: 'Network',
  clock: 'Clock',
  'sign-in': 'Sign-in',
  server: 'Server',
  other: 'Something else',
};

/** The first cause in one sentence; undefined when nothing was recognised. */
export function errorSentence({ matches }: ErrorExplanation): string | undefined {
  const first = matches.find(({ decisive }) => decisive)?.causes[0];
  return first && `${causeNames[first.id]} (${first.likelihood}): ${first.because}`;
}

/** The explanation as a page: causes with what speaks for them, what to do, and all lines that were recognised. */
export function errorMarkdown({ matches, lines }: ErrorExplanation): string {
  const decisive = matches.find((match) => match.decisive);
  const [first] = decisive?.causes ?? [];
  if (!decisive || !first) {
    return `# Nothing was recognised\n\nNo known error text stands in ${lines} ${lines === 1 ? 'line' : 'lines'}.\n`;
  }
  const others = matches.filter((match) => match !== decisive);
  return [
    `# ${causeNames[first.id]} (${first.likelihood})`,
    matchMarkdown(decisive),
    [
      '| likelihood | cause | what speaks for it |',
      '| --- | --- | --- |',
      ...decisive.causes.map(({ id, likelihood, because }) => `| ${likelihood} | ${causeNames[id]} | ${because} |`),
    ].join('\n'),
    '## What to do',
    first.next.map((step, i) => `${i + 1}. ${step.replace(/[<>]/g, '\\$&')}`).join('\n'),
    ...productLines(matches),
    ...(others.length === 0 ? [] : ['## Also recognised', ...others.map(matchMarkdown)]),
    `[Where this text is known from](${decisive.source})`,
    '',
  ].join('\n\n');
}

/** What products of Microsoft need that the recognised lines name. */
function productLines(matches: readonly ErrorMatch[]): string[] {
  const products = productsIn(matches.map(({ text }) => text).join('\n'));
  return products.length === 0
    ? []
    : [
        '## Products of Microsoft that are named',
        products
          .map(
            ({ name, requirement, government, source }) =>
              `- **${name}**: ${requirement}${government ? ` Government 8.2: ${government}` : ''} ([source](${source}))`,
          )
          .join('\n'),
        `[All products and browsers](${clientProductsPage})`,
      ];
}

function matchMarkdown({ line, text, count, causes }: ErrorMatch): string {
  const often = count > 1 ? `, ${count} times` : '';
  const [first] = causes;
  const meaning = first ? `${causeNames[first.id]}, ${first.likelihood}` : '';
  return `Line ${line}${often} (${meaning}):\n\n${codeBlock(text)}`;
}

/** A log may hold anything: in a block with a fence of its own it stays text. */
function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.replace(/[\r\n]/g, ' ')}\n${fence}`;
}
