import { findSwitch, tlsSwitches } from '../facts/appcontext-switches.ts';
import type { TextRange } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { nearMiss } from '../text/near-miss.ts';
import type { MappedText, XmlDocument, XmlElement } from '../xml/index.ts';
import { configKind, findSections, isTransform, transformEffect } from './config-file.ts';

/** One switch as a configuration file writes it. */
export interface ConfiguredSwitch {
  /** The name as it counts: blanks are part of it. */
  readonly name: string;
  /** Name with its blanks. */
  readonly nameRange: TextRange;
  /** What stands behind `=` or in the attribute, without blanks around it. */
  readonly valueRange: TextRange;
  readonly valueText: string;
  /** The value as .NET Framework reads it; undefined for what is no Boolean, which is ignored. */
  readonly value: boolean | undefined;
  /** The element of the `runtime` section, or an entry of `appSettings` that ASP.NET reads. */
  readonly form: 'runtime' | 'app-settings';
  /** The switch that is meant, as far as anybody can tell; undefined for one that has nothing to do with TLS. */
  readonly meant: string | undefined;
  /** Why .NET Framework does not take it; null where it does. */
  readonly ignored: 'name' | 'value' | 'file' | null;
  /** False for one that is written again below: the last one counts. */
  readonly isLast: boolean;
}

/** A quick look before a file is parsed. */
export const appContextWords = /AppContextSwitchOverrides|AppContext\.SetSwitch/i;

/**
 * Switches about TLS in a configuration file, those that are only nearly one included.
 * Sources: https://github.com/microsoft/referencesource (mscorlib/system/AppContext/
 * AppContextDefaultValues.DesktopOverrides.cs, System.Web/Hosting/ApplicationManager.cs)
 */
export function readConfiguredSwitches(path: FilePath, document: XmlDocument): ConfiguredSwitch[] {
  const kind = configKind(path);
  const found = [...readOverrides(document, kind === 'web'), ...readAppSettings(document, kind === 'app')];
  const last = new Map(
    found.filter(({ ignored }) => ignored === null).map((entry) => [entry.form + entry.name, entry]),
  );
  return found.map((entry) => ({
    ...entry,
    isLast: entry.ignored !== null || last.get(entry.form + entry.name) === entry,
  }));
}

/** `<AppContextSwitchOverrides value="A=false;B=false" />`: names are not trimmed, values are. */
function readOverrides(document: XmlDocument, isWeb: boolean): ConfiguredSwitch[] {
  const found: ConfiguredSwitch[] = [];
  for (const element of findSections(document, 'runtime', 'AppContextSwitchOverrides')) {
    const attribute = element.attribute('value');
    if (!attribute || !isWritten(document, element, 'value')) {
      continue;
    }
    for (const match of attribute.value.matchAll(/([^;=]*)=([^;]*)/g)) {
      const [, name = '', value = ''] = match;
      const entry = toSwitch({
        text: attribute.text,
        nameStart: match.index,
        name,
        valueStart: match.index + name.length + 1,
        value,
        form: 'runtime',
        isWrongFile: isWeb,
      });
      found.push(...entry);
    }
  }
  return found;
}

const prefix = 'AppContext.SetSwitch:';

/** `<add key="AppContext.SetSwitch:A" value="false" />`: the prefix in any letter case, the name as it is. */
function readAppSettings(document: XmlDocument, isApp: boolean): ConfiguredSwitch[] {
  const found: ConfiguredSwitch[] = [];
  for (const element of findSections(document, 'appSettings', 'add')) {
    const key = element.attribute('key');
    const value = element.attribute('value');
    if (
      !key?.value.toLowerCase().startsWith(prefix.toLowerCase()) ||
      !value ||
      !isWritten(document, element, 'value')
    ) {
      continue;
    }
    const [entry] = toSwitch({
      text: key.text,
      nameStart: prefix.length,
      name: key.value.slice(prefix.length),
      valueStart: 0,
      value: value.value,
      valueIn: value.text,
      form: 'app-settings',
      isWrongFile: isApp,
    });
    if (entry) {
      found.push(entry);
    }
  }
  return found;
}

function isWritten(document: XmlDocument, element: XmlElement, attribute: string): boolean {
  return !isTransform(document) || transformEffect(element, attribute) === 'sets';
}

interface Written {
  readonly text: MappedText;
  readonly nameStart: number;
  readonly name: string;
  readonly valueStart: number;
  readonly value: string;
  readonly valueIn?: MappedText;
  readonly form: ConfiguredSwitch['form'];
  readonly isWrongFile: boolean;
}

function toSwitch({
  text,
  nameStart,
  name,
  valueStart,
  value,
  valueIn = text,
  form,
  isWrongFile,
}: Written): ConfiguredSwitch[] {
  const meant = findSwitch(name)?.name ?? meantSwitch(name);
  if (meant === undefined) {
    return [];
  }
  const lead = value.length - value.trimStart().length;
  const trimmed = value.trim();
  const read = /^(?:true|false)$/i.test(trimmed) ? trimmed.toLowerCase() === 'true' : undefined;
  const from = valueStart + lead;
  return [
    {
      name,
      nameRange: text.sourceRange(nameStart, nameStart + name.length),
      valueRange: valueIn.sourceRange(from, from + trimmed.length),
      valueText: trimmed,
      value: read,
      form,
      meant,
      ignored: isWrongFile ? 'file' : meant !== name ? 'name' : read === undefined ? 'value' : null,
      isLast: true,
    },
  ];
}

const names = tlsSwitches.map(({ name }) => name);

/** The switch that is meant by a name that no switch has: a slip of the pen, or the last part of the name alone. */
export function meantSwitch(written: string): string | undefined {
  const near = nearMiss(written, names);
  if (near !== undefined) {
    return near;
  }
  const lastPart = written.trim().toLowerCase().split('.').at(-1) ?? '';
  const withPart = names.filter((name) => name.toLowerCase().endsWith(`.${lastPart}`));
  const inNamespace = withPart.filter((name) =>
    written.toLowerCase().includes(name.split('.')[2]?.toLowerCase() ?? ''),
  );
  return inNamespace[0] ?? withPart[0];
}
