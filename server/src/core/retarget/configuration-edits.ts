import { compareVersions, versionParts } from '../facts/dotnet-frameworks.ts';
import { formatMoniker, netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import { dirname, type FilePath, resolvePath } from '../model/path.ts';
import {
  findSections,
  isForWholeApplication,
  isPlaceholder,
  isTransform,
  transformEffect,
} from '../sources/config-file.ts';
import { raisedMoniker, wholeLine } from '../workspace/retarget.ts';
import { httpRuntimeEdit } from '../workspace/site-edits.ts';
import { parseXml, type XmlAttribute, type XmlDocument, type XmlElement } from '../xml/index.ts';
import type { ProposedChange, RetargetEdit } from './model.ts';

/** A configuration file of a project that is retargeted. */
export interface ConfigurationSubject {
  readonly path: FilePath;
  readonly goal: string;
  /** True for a project that ran on CLR 2 and runs on CLR 4 now. */
  readonly changesRuntime: boolean;
  readText(path: FilePath): string | undefined;
}

/**
 * `supportedRuntime` of a program: which runtime may start it, and which .NET Framework must be installed.
 * Source: https://learn.microsoft.com/dotnet/framework/configure-apps/file-schema/startup/supportedruntime-element
 */
export function runtimeEdits({ path, goal, changesRuntime, readText }: ConfigurationSubject): ProposedChange[] {
  const text = readText(path);
  if (text === undefined || !text.includes('supportedRuntime')) {
    return [];
  }
  const document = parseXml(text);
  const isChange = isTransform(document);
  const elements = findSections(document, 'startup', 'supportedRuntime');
  let hasClr4 = elements.some((element) => /^v4\b/i.test(element.attribute('version')?.value.trim() ?? ''));
  const edits: RetargetEdit[] = [];
  for (const element of elements) {
    const version = element.attribute('version');
    if (changesRuntime && !isChange && version?.valueRange && /^v[123]\./i.test(version.value.trim())) {
      edits.push(...(hasClr4 ? [remove(text, element)] : toClr4(element, version, goal)));
      hasClr4 = true;
    } else if (!isChange || transformEffect(element, 'sku') === 'sets') {
      edits.push(...raiseSku(element, goal));
    }
  }
  return edits.length > 0 ? [{ path, edits }] : [];
}

function raiseSku(element: XmlElement, goal: string): RetargetEdit[] {
  const sku = element.attribute('sku');
  const name = sku ? parseFrameworkName(sku.value) : undefined;
  return sku?.valueRange && name?.identifier === netFramework && compareVersions(name.version, goal) < 0
    ? [{ range: sku.valueRange, newText: raisedMoniker(sku.value, goal), kind: 'configuration' }]
    : [];
}

function toClr4(element: XmlElement, version: XmlAttribute, goal: string): RetargetEdit[] {
  const { valueRange, quote } = version;
  const sku = element.attribute('sku');
  const moniker = formatMoniker({ identifier: netFramework, version: goal, profile: '' });
  if (!valueRange) {
    return [];
  }
  return [
    {
      range: valueRange,
      newText: sku?.valueRange ? 'v4.0' : `v4.0${quote} sku=${quote}${moniker}`,
      kind: 'configuration',
    },
    ...(sku?.valueRange ? [{ range: sku.valueRange, newText: moniker, kind: 'configuration' } as const] : []),
  ];
}

function remove(text: string, element: XmlElement): RetargetEdit {
  return { range: wholeLine(text, element.range), newText: '', kind: 'configuration' };
}

/** Below this, a site changes more than TLS when its `httpRuntime` is raised: request validation, keys, and so on. */
const lastLargeStep = '4.5';

export interface SiteEdits {
  readonly changes: readonly ProposedChange[];
  /** True where the site has no `system.web` to write the target into. */
  readonly isIncomplete: boolean;
}

/** `httpRuntime` and `compilation` of a site's own `web.config`, or of a transform of it. */
export function siteEdits(subject: ConfigurationSubject, isRoot: boolean): SiteEdits {
  const { path, goal, readText } = subject;
  const text = readText(path);
  if (text === undefined) {
    return { changes: [], isIncomplete: false };
  }
  const document = parseXml(text);
  const runtime = findSections(document, 'system.web', 'httpRuntime').filter(isForWholeApplication);
  const compilation = findSections(document, 'system.web', 'compilation').filter(isForWholeApplication);
  if (isTransform(document)) {
    const edits = [...runtime, ...compilation]
      .filter((element) => transformEffect(element, 'targetFramework') === 'sets')
      .flatMap((element) => raiseAttribute(element, goal));
    return { changes: edits.length > 0 ? [{ path, edits }] : [], isIncomplete: false };
  }
  const own = [...runtime, ...compilation].flatMap((element) => raiseAttribute(element, goal));
  const elsewhere = runtime.flatMap((element) => elsewhereEdits(subject, element));
  const isDeclared = runtime.some(
    (element) => element.attribute('configSource') || element.attribute('targetFramework')?.value,
  );
  const place = isRoot && !isDeclared ? placeFor(document, runtime) : undefined;
  const inserted = place && httpRuntimeEdit(text, place, goal);
  const edits: RetargetEdit[] = [
    ...own,
    ...(inserted ? [{ ...inserted, kind: 'site-step' } as const] : []),
    ...(isRoot ? compilation.flatMap((element) => declareCompilation(element, goal)) : []),
  ];
  return {
    changes: [...(edits.length > 0 ? [{ path, edits }] : []), ...elsewhere],
    isIncomplete: isRoot && !isDeclared && inserted === undefined,
  };
}

function placeFor(document: XmlDocument, runtime: readonly XmlElement[]): XmlElement | undefined {
  return runtime[0] ?? findSections(document, 'system.web').find(isForWholeApplication);
}

/** A version (`4.5`), or for `compilation` a moniker, below the goal. */
function raiseAttribute(element: XmlElement, goal: string): RetargetEdit[] {
  const attribute = element.attribute('targetFramework');
  const value = attribute?.value.trim() ?? '';
  if (!attribute?.valueRange || value === '' || isPlaceholder(value)) {
    return [];
  }
  const moniker = value.includes(',') ? parseFrameworkName(value) : undefined;
  const version = moniker?.version ?? versionParts(value.replace(/\s+/g, ''))?.join('.');
  if (version === undefined || compareVersions(version, goal) >= 0) {
    return [];
  }
  const isStep = element.localName === 'httpRuntime' && compareVersions(version, lastLargeStep) < 0;
  return [
    {
      range: attribute.valueRange,
      newText: moniker ? raisedMoniker(value, goal) : goal,
      kind: isStep ? 'site-step' : 'site',
    },
  ];
}

/** Without the attribute, pages are compiled for 4.0, which cannot use what is built for a later version. */
function declareCompilation(element: XmlElement, goal: string): RetargetEdit[] {
  const at = element.nameRange.end;
  return element.attribute('targetFramework') || element.attribute('configSource') || !element.isTagComplete
    ? []
    : [{ range: { start: at, end: at }, newText: ` targetFramework="${goal}"`, kind: 'site' }];
}

/** The section may stand in a file of its own. */
function elsewhereEdits({ path, goal, readText }: ConfigurationSubject, element: XmlElement): ProposedChange[] {
  const source = element.attribute('configSource')?.value.trim();
  const file = source ? resolvePath(dirname(path), source) : undefined;
  const text = file === undefined ? undefined : readText(file);
  const root = text === undefined ? undefined : parseXml(text).root;
  if (file === undefined || text === undefined || root?.localName !== 'httpRuntime') {
    return [];
  }
  const raised = raiseAttribute(root, goal);
  const inserted = root.attribute('targetFramework')?.value ? undefined : httpRuntimeEdit(text, root, goal);
  const edits: RetargetEdit[] = inserted ? [{ ...inserted, kind: 'site-step' }] : raised;
  return edits.length > 0 ? [{ path: file, edits }] : [];
}
