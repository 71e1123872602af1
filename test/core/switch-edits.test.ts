import assert from 'node:assert/strict';
import test from 'node:test';
import { applyEdits, switchEdits } from '../../server/src/core/index.ts';
import { readConfiguredSwitches } from '../../server/src/core/sources/appcontext-config.ts';
import { parseXml } from '../../server/src/core/xml/index.ts';

const name = 'Switch.System.Net.DontEnableSchUseStrongCrypto';
const element = `<AppContextSwitchOverrides value="${name}=false" />`;
const setting = `<add key="AppContext.SetSwitch:${name}" value="false" />`;

/** A file before and after, `|` for line ends. */
const cases: readonly { title: string; path?: string; before: string; after: string; lineEnd?: string }[] = [
  {
    title: 'a file without runtime gets one, behind all else',
    before: '<configuration>|  <configSections />|  <startup />|</configuration>|',
    after: `<configuration>|  <configSections />|  <startup />|  <runtime>|    ${element}|  </runtime>|</configuration>|`,
  },
  {
    title: 'tabs, CRLF and a declaration stay',
    lineEnd: '\r\n',
    before:
      '<?xml version="1.0"?>|<configuration>|\t<runtime>|\t\t<gcServer enabled="true"/>|\t</runtime>|</configuration>',
    after: `<?xml version="1.0"?>|<configuration>|\t<runtime>|\t\t<gcServer enabled="true"/>|\t\t${element}|\t</runtime>|</configuration>`,
  },
  {
    title: 'a runtime that closes itself is opened',
    before: '<configuration>|  <runtime />|</configuration>',
    after: `<configuration>|  <runtime>|    ${element}|  </runtime>|</configuration>`,
  },
  {
    title: 'a configuration that closes itself is opened',
    before: '<configuration/>',
    after: `<configuration>|  <runtime>|    ${element}|  </runtime>|</configuration>`,
  },
  {
    title: 'an empty configuration on one line',
    before: '<configuration></configuration>',
    after: `<configuration>|  <runtime>|    ${element}|  </runtime>|</configuration>`,
  },
  {
    title: 'a list of switches grows at its end',
    before: '<configuration><runtime><AppContextSwitchOverrides value="A.B=true"/></runtime></configuration>',
    after: `<configuration><runtime><AppContextSwitchOverrides value="A.B=true;${name}=false"/></runtime></configuration>`,
  },
  {
    title: 'a blank behind the last semicolon does not become a part of the name',
    before: "<configuration><runtime><AppContextSwitchOverrides value='A.B=true; '/></runtime></configuration>",
    after: `<configuration><runtime><AppContextSwitchOverrides value='A.B=true;${name}=false '/></runtime></configuration>`,
  },
  {
    title: 'an empty list and a list without value',
    before: '<configuration><runtime><AppContextSwitchOverrides value=""/></runtime></configuration>',
    after: `<configuration><runtime><AppContextSwitchOverrides value="${name}=false"/></runtime></configuration>`,
  },
  {
    title: 'an element without its attribute gets it',
    before: '<configuration><runtime><AppContextSwitchOverrides/></runtime></configuration>',
    after: `<configuration><runtime><AppContextSwitchOverrides value="${name}=false"/></runtime></configuration>`,
  },
  {
    title: 'a switch that is on is switched off where it stands',
    before: `<configuration><runtime><AppContextSwitchOverrides value="${name}=True;A.B=true"/></runtime></configuration>`,
    after: `<configuration><runtime><AppContextSwitchOverrides value="${name}=false;A.B=true"/></runtime></configuration>`,
  },
  {
    title: 'a site gets a setting',
    path: '/w/Web.config',
    before: '<configuration>|    <appSettings>|        <add key="a" value="b" />|    </appSettings>|</configuration>|',
    after: `<configuration>|    <appSettings>|        <add key="a" value="b" />|        ${setting}|    </appSettings>|</configuration>|`,
  },
  {
    title: 'a site without appSettings gets them',
    path: '/w/web.config',
    before: '<configuration>|    <system.web />|</configuration>|',
    after: `<configuration>|    <system.web />|    <appSettings>|        ${setting}|    </appSettings>|</configuration>|`,
  },
  {
    title: 'an element in a part of the application does not count',
    before: '<configuration>|  <location path="x"><runtime /></location>|</configuration>|',
    after: `<configuration>|  <location path="x"><runtime /></location>|  <runtime>|    ${element}|  </runtime>|</configuration>|`,
  },
  {
    title: 'a file that is not there',
    before: '',
    after: `<?xml version="1.0" encoding="utf-8"?>|<configuration>|  <runtime>|    ${element}|  </runtime>|</configuration>|`,
    lineEnd: '\r\n',
  },
  {
    title: 'the file of a built program',
    path: '/w/Contoso.Sync.exe.config',
    before: '<configuration>|</configuration>|',
    after: `<configuration>|  <runtime>|    ${element}|  </runtime>|</configuration>|`,
  },
];

for (const { title, path = '/w/App.config', before, after, lineEnd = '\n' } of cases) {
  test(title, () => {
    const text = before.replaceAll('|', lineEnd);
    const result = switchEdits(path, text);
    assert.equal(result.state, 'edits');
    const changed = applyEdits(text, result.state === 'edits' ? result.edits : []);
    assert.equal(changed, after.replaceAll('|', lineEnd));
    // The runtime takes it, and a second time changes nothing.
    const read = readConfiguredSwitches(path, parseXml(changed)).filter((entry) => entry.name === name);
    assert.deepEqual(
      read.map(({ value, ignored, isLast }) => ({ value, ignored, isLast })),
      [{ value: false, ignored: null, isLast: true }],
    );
    assert.deepEqual(switchEdits(path, changed), { state: 'done' });
  });
}

for (const [title, path, text, reason] of [
  ['a file that no program reads', '/w/packages.config', '<packages />', /not the configuration file of a program/],
  ['half a file', '/w/App.config', '<configuration><runtime>', /not well-formed/],
  ['another document', '/w/App.config', '<Project />', /not well-formed/],
  [
    'a transform',
    '/w/App.Release.config',
    '<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"></configuration>',
    /changes another file/,
  ],
  [
    'settings in a file of their own',
    '/w/Web.config',
    '<configuration><appSettings configSource="a.config" /></configuration>',
    /keeps its appSettings in a\.config/,
  ],
] as const) {
  test(`${title} is refused`, () => {
    const result = switchEdits(path, text);
    assert.equal(result.state, 'refused');
    assert.match(result.state === 'refused' ? result.reason : '', reason);
  });
}
