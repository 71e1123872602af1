import assert from 'node:assert/strict';
import test from 'node:test';
import { Parser } from 'htmlparser2';
import { probeHtml } from '../../client/src/views/probe-html.ts';
import { describeTarget, type ProbeTarget, verdicts } from '../../server/src/probe/index.ts';

/** What a hostile server, project or proxy could try to get into the page. */
const hostile = `"'><img src=x onerror=alert(1)><script>alert(2)</script><a href="javascript:alert(3)">\`\${7*7}</style>\u202e\u0000`;

function hostileTarget(verdict: ProbeTarget['verdict'] = 'ok'): ProbeTarget {
  return {
    url: `https://x/${hostile}`,
    host: hostile,
    port: 443,
    via: 'proxy',
    milliseconds: 12,
    service: { kind: 'dataverse', cloud: 'commercial', region: hostile },
    verdict,
    reason: null,
    message: hostile,
    protocols: [
      {
        version: 'TLS 1.2',
        state: 'accepted',
        alert: hostile,
        suites: [{ name: hostile, id: hostile, dataverse: true }],
        order: 'server',
        group: hostile,
      },
    ],
    certificate: {
      subject: `CN=${hostile}`,
      issuer: hostile,
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2027-01-01T00:00:00Z',
      matchesHost: true,
      trusted: false,
      problems: ['untrusted-root'],
      publiclyTrusted: false,
      key: hostile,
      signature: hostile,
      chain: [hostile, hostile],
    },
    clients: [
      {
        id: hostile,
        name: hostile,
        windows: '10',
        connects: false,
        version: null,
        suite: null,
        reason: hostile,
        assumption: hostile,
      },
    ],
    projects: [{ file: hostile, connects: 'no', fix: null, reason: hostile }],
    signIn: { status: 401, authority: hostile, schemes: [hostile] },
    control: null,
  };
}

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  const parser = new Parser({ onopentag: (name, attributes) => tags.push({ name, attributes }) });
  parser.end(html);
  return tags;
}

const resources = {
  nonce: 'n0nce',
  scriptUri: 'https://page.example/dist/probe-page.js',
  moreButtons: [{ command: '"><b>', label: '<b>&' }],
};
const page = (targets: readonly ProbeTarget[]) => probeHtml(targets.map(describeTarget), resources);

test('texts of servers, certificates and projects cannot become markup', () => {
  const tags = tagsOf(page([hostileTarget(), hostileTarget()]));
  const harmless = tagsOf(page([hostileTarget(), hostileTarget()].map(() => ({ ...hostileTarget(), message: 'x' }))));
  assert.deepEqual(
    tags.map(({ name }) => name),
    harmless.map(({ name }) => name),
  );
  assert.deepEqual(
    [...new Set(tags.map(({ name }) => name))].filter((name) => ['img', 'a', 'iframe', 'form', 'link'].includes(name)),
    [],
  );
  assert.equal(tags.filter(({ name }) => name === 'script').length, 1);
  const handlers = tags
    .flatMap(({ attributes }) => Object.keys(attributes))
    .filter((name) => /^on|^style$|^href$/.test(name));
  assert.deepEqual(handlers, []);
});

test('control characters of servers do not reach the page', () => {
  assert.doesNotMatch(page([hostileTarget()]), /[\u0000\u202e]/);
});

test('the policy allows nothing but the script and the styles with the nonce', () => {
  const tags = tagsOf(page([hostileTarget()]));
  const policy = tags.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')?.attributes[
    'content'
  ];
  assert.equal(policy, "default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce';");
  for (const { name, attributes } of tags.filter((tag) => tag.name === 'script' || tag.name === 'style')) {
    assert.equal(attributes['nonce'], 'n0nce', name);
  }
  const sources = tags.flatMap(({ attributes }) => [attributes['src'], attributes['href']].filter(Boolean));
  assert.deepEqual(sources, [resources.scriptUri]);
});

test('the headings are in order, every table has a caption, and every row a heading', () => {
  const tags = tagsOf(page([hostileTarget(), hostileTarget()]));
  const levels = tags.flatMap(({ name }) => (/^h\d$/.test(name) ? [Number(name.slice(1))] : []));
  assert.equal(levels.filter((level) => level === 1).length, 1);
  levels.forEach((level, index) => {
    assert.ok(index === 0 ? level === 1 : level <= (levels[index - 1] ?? 0) + 1, levels.join());
  });
  const count = (wanted: string) => tags.filter(({ name }) => name === wanted).length;
  assert.equal(count('caption'), count('table'));
  assert.equal(
    tags.filter(
      ({ name, attributes }) => name === 'th' && !['row', 'col', 'colgroup'].includes(attributes['scope'] ?? ''),
    ).length,
    0,
  );
  const ids = tags.flatMap(({ attributes }) => attributes['id'] ?? []);
  assert.equal(new Set(ids).size, ids.length);
  for (const { attributes } of tags) {
    assert.ok(attributes['aria-labelledby'] === undefined || ids.includes(attributes['aria-labelledby']));
  }
});

test('every icon stands beside a text', () => {
  for (const verdict of verdicts) {
    const html = page([hostileTarget(verdict)]);
    assert.doesNotMatch(html, /<\/svg><span><\/span>/);
    assert.equal(html.match(/<svg /g)?.length, html.match(/<svg aria-hidden="true"/g)?.length);
  }
});
