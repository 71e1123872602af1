import { findSections, isTransform, transformEffect } from '../sources/config-file.ts';
import { configOwner } from '../workspace/config-owner.ts';
import type { XmlAttribute } from '../xml/index.ts';
import { defineRule, type FileContext } from './rule.ts';

/**
 * Configuration that accepts any server, or any connection.
 * Sources: https://github.com/microsoft/referencesource
 * (System/net/System/Net/Configuration/ServicePointManagerElement.cs, System/net/System/Net/_SecureChannel.cs) and
 * https://learn.microsoft.com/dotnet/framework/configure-apps/file-schema/wcf/authentication-of-servicecertificate-element
 */
export const rule = defineRule({
  id: 'certificate-checks-off',
  title: 'A configuration file switches checks of certificates or encryption off',
  severity: 'error',
  appliesTo: ['config'],
  isFixable: true,
  messages: {
    name: 'The name in the certificate of a server is not compared with the host: any valid certificate of anybody is accepted.',
    policy: 'With the policy {value}, connections without encryption are allowed, and weak ciphers are not refused.',
    validation: 'The certificate of the service is not validated: anybody can pose as the service.',
  },
  check({ file, report }) {
    if (!file || !/checkCertificateName|encryptionPolicy|certificateValidationMode/.test(file.text)) {
      return;
    }
    const owner = configOwner(file.projects);
    for (const { attribute, message, goal, bulk } of owner === 'modern' ? [] : findWeak(file)) {
      if (attribute.valueRange) {
        report({
          at: { path: file.path, range: attribute.valueRange },
          severity: owner === 'program' ? 'error' : 'information',
          message,
          values: { value: attribute.value },
          fixes: [
            {
              title: { key: 'strict', template: 'Write {goal}', values: { goal } },
              isPreferred: true,
              bulk,
              changes: [{ path: file.path, edits: [{ range: attribute.valueRange, newText: goal }] }],
            },
          ],
        });
      }
    }
  },
});

interface Weak {
  readonly attribute: XmlAttribute;
  readonly message: 'name' | 'policy' | 'validation';
  readonly goal: string;
  readonly bulk: 'safe' | 'confirm';
}

function findWeak(file: FileContext): Weak[] {
  const manager = ['system.net', 'settings', 'servicePointManager'];
  const credentials = ['system.serviceModel', 'behaviors', 'endpointBehaviors', 'behavior', 'clientCredentials'];
  return [
    ...valuesOf(file, manager, 'checkCertificateName', /^\s*false\s*$/i).map(
      (attribute): Weak => ({ attribute, message: 'name', goal: 'true', bulk: 'safe' }),
    ),
    ...valuesOf(file, manager, 'encryptionPolicy', /^\s*(?:AllowNoEncryption|NoEncryption)\s*$/i).map(
      (attribute): Weak => ({ attribute, message: 'policy', goal: 'RequireEncryption', bulk: 'safe' }),
    ),
    // A service with a certificate of its own no longer connects when it is checked: a person decides.
    ...['authentication', 'sslCertificateAuthentication'].flatMap((name) =>
      valuesOf(file, [...credentials, 'serviceCertificate', name], 'certificateValidationMode', /^\s*None\s*$/).map(
        (attribute): Weak => ({ attribute, message: 'validation', goal: 'ChainTrust', bulk: 'confirm' }),
      ),
    ),
  ];
}

function valuesOf(file: FileContext, path: readonly string[], name: string, value: RegExp): XmlAttribute[] {
  return findSections(file.xml, ...path).flatMap((element) => {
    const attribute = element.attribute(name);
    const isWritten = !isTransform(file.xml) || transformEffect(element, name) === 'sets';
    return attribute && isWritten && value.test(attribute.value) ? [attribute] : [];
  });
}
