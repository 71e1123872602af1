import { sslProtocolNames } from '../facts/ssl-protocols.ts';
import type { Fix } from '../model/finding.ts';
import { findSections, isPlaceholder, isTransform, transformEffect } from '../sources/config-file.ts';
import { configOwner } from '../workspace/config-owner.ts';
import type { XmlAttribute } from '../xml/index.ts';
import { defineRule, type FileContext } from './rule.ts';

/**
 * Bindings of WCF have their own list of protocols.
 * Sources: https://github.com/microsoft/referencesource
 * (System.ServiceModel/System/ServiceModel/Configuration/TcpTransportSecurityElement.cs, SslStreamSecurityElement.cs,
 * System.ServiceModel/System/ServiceModel/Channels/TransportDefaults.cs)
 */
export const rule = defineRule({
  id: 'wcf-ssl-protocols',
  title: 'A binding of WCF names its TLS versions itself',
  severity: 'error',
  appliesTo: ['config'],
  isFixable: true,
  messages: {
    obsolete:
      'The binding enables {protocols} on purpose. Leave the list out: WCF then offers TLS 1.2, and from 4.7.1 on what Windows offers.',
    pinned:
      'The binding offers {protocols} and nothing newer. It works; without the list, programs for 4.7.1 and later follow Windows.',
  },
  check({ file, report }) {
    if (!file || !/sslProtocols/i.test(file.text)) {
      return;
    }
    const owner = configOwner(file.projects);
    for (const attribute of owner === 'modern' ? [] : attributesOf(file)) {
      const { obsolete, current, isKnown } = readProtocols(attribute.value);
      if (!attribute.valueRange || !isKnown || isPlaceholder(attribute.value)) {
        continue;
      }
      const at = { path: file.path, range: attribute.valueRange };
      if (obsolete.length > 0) {
        report({
          at,
          severity: owner === 'program' ? 'error' : 'information',
          message: 'obsolete',
          values: { protocols: obsolete.join(', ') },
          fixes: owner === 'program' ? [removeFix(file, attribute)] : [],
        });
      } else if (current.length > 0) {
        report({ at, severity: 'information', message: 'pinned', values: { protocols: current.join(', ') } });
      }
    }
  },
});

function attributesOf(file: FileContext): XmlAttribute[] {
  const elements = [
    ...findSections(file.xml, 'system.serviceModel', 'bindings', 'netTcpBinding', 'binding', 'security', 'transport'),
    ...findSections(file.xml, 'system.serviceModel', 'bindings', 'customBinding', 'binding', 'sslStreamSecurity'),
  ];
  return elements.flatMap((element) => {
    const isWritten = !isTransform(file.xml) || transformEffect(element, 'sslProtocols') === 'sets';
    return (isWritten && element.attribute('sslProtocols')) || [];
  });
}

/** `Tls11, Tls12`: names of an enumeration, in any letter case. */
function readProtocols(text: string): { obsolete: string[]; current: string[]; isKnown: boolean } {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const kindOf = (name: string) => sslProtocolNames[name.toLowerCase()];
  return {
    obsolete: names.filter((name) => kindOf(name) === 'obsolete'),
    current: names.filter((name) => kindOf(name) === 'current'),
    isKnown: names.every((name) => kindOf(name) !== undefined),
  };
}

/** The attribute with the blanks before it. */
function removeFix(file: FileContext, { nameRange, valueRange }: XmlAttribute): Fix {
  let start = nameRange.start;
  while (/\s/.test(file.text[start - 1] ?? '')) {
    start--;
  }
  const end = (valueRange?.end ?? nameRange.end) + 1;
  return {
    title: { key: 'remove', template: 'Leave the TLS versions to WCF', values: {} },
    isPreferred: true,
    bulk: 'safe',
    changes: [{ path: file.path, edits: [{ range: { start, end }, newText: '' }] }],
  };
}
