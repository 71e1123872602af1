import { basename, type FilePath } from '../model/path.ts';
import type { XmlDocument, XmlElement } from '../xml/index.ts';

/** Which program reads a configuration file, by its name. */
export type ConfigKind = 'app' | 'web' | 'machine' | 'other';

/** `web.config` and its transforms, `app.config`, `Contoso.Sync.exe.config` and theirs, `machine.config`. */
export function configKind(path: FilePath): ConfigKind {
  const name = basename(path).toLowerCase();
  if (/^web\.(?:.+\.)?config$/.test(name)) {
    return 'web';
  }
  if (name === 'machine.config') {
    return 'machine';
  }
  return /^app\.(?:.+\.)?config$|\.(?:exe|dll)\.config$/.test(name) ? 'app' : 'other';
}

/**
 * True for a file whose elements change another file at publishing time.
 * Source: https://learn.microsoft.com/previous-versions/aspnet/dd465326(v=vs.110)
 */
export function isTransform(document: XmlDocument): boolean {
  return document.roots.some(({ attributes }) =>
    attributes.some(({ name, value }) => name.startsWith('xmlns:') && value === transformNamespace),
  );
}

const transformNamespace = 'http://schemas.microsoft.com/XML-Document-Transform';

/**
 * Elements at a path below `configuration`, such as `system.web`, `httpRuntime`. `location` elements are looked
 * through. The root of a file that a `configSource` names may be any part of the path. In a transform, only elements
 * that it writes.
 */
export function findSections(document: XmlDocument, ...path: readonly string[]): XmlElement[] {
  const name = path.at(-1);
  const found: XmlElement[] = [];
  for (const element of document.elements()) {
    if (element.localName === name && isAt(element, path)) {
      found.push(element);
    }
  }
  return isTransform(document) ? found.filter((element) => !isUnwritten(element)) : found;
}

function isAt(element: XmlElement, path: readonly string[]): boolean {
  let current: XmlElement | undefined = element;
  for (let i = path.length - 1; i >= 0; i--) {
    if (current?.localName !== path[i]) {
      return false;
    }
    current = current.parent;
    while (current?.localName === 'location') {
      current = current.parent;
    }
    if (!current) {
      // The root of a file that holds a section alone.
      return true;
    }
  }
  return current?.localName === 'configuration' && current.parent === undefined;
}

/** What the nearest transform does to an element that stands in a file of transforms. */
export type TransformEffect = 'none' | 'sets' | 'removes';

/** Whether a transform writes an attribute of an element, removes it, or leaves it as it is. */
export function transformEffect(element: XmlElement, attribute: string): TransformEffect {
  const own = transformOf(element);
  if (own?.verb === 'SetAttributes') {
    const isMeant = own.names.length === 0 || own.names.includes(attribute);
    return isMeant && element.attribute(attribute) ? 'sets' : 'none';
  }
  if (own?.verb === 'RemoveAttributes') {
    return own.names.length === 0 || own.names.includes(attribute) ? 'removes' : 'none';
  }
  for (let current: XmlElement | undefined = element; current; current = current.parent) {
    const verb = transformOf(current)?.verb ?? '';
    if (/^(?:Replace|Insert)/.test(verb)) {
      return element.attribute(attribute) ? 'sets' : 'removes';
    }
    if (/^Remove(?:All)?$/.test(verb)) {
      return 'removes';
    }
  }
  return 'none';
}

/** An element without any transform at or above it says only where others stand. */
function isUnwritten(element: XmlElement): boolean {
  for (let current: XmlElement | undefined = element; current; current = current.parent) {
    if (transformOf(current)) {
      return false;
    }
  }
  return true;
}

function transformOf(element: XmlElement): { verb: string; names: readonly string[] } | undefined {
  const value = element.attributes.find(({ name }) => /^[\w.-]+:Transform$/.test(name))?.value;
  const match = /^\s*(\w+)\s*(?:\(([^)]*)\))?/.exec(value ?? '');
  return match?.[1] === undefined
    ? undefined
    : {
        verb: match[1],
        names: (match[2] ?? '')
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean),
      };
}

/**
 * True for a section of the whole application: `location` elements without a path or with the path `.` change nothing,
 * others speak of a part of the site, or, in a machine's file, of another one.
 */
export function isForWholeApplication(element: XmlElement): boolean {
  for (let current = element.parent; current; current = current.parent) {
    if (current.localName === 'location' && !/^\.?$/.test(current.attribute('path')?.value.trim() ?? '')) {
      return false;
    }
  }
  return true;
}

/** True for a value that a release pipeline or a template fills in: nothing can be said about it. */
export function isPlaceholder(value: string): boolean {
  return /\$[\w({]|#\{|__\w|\{\{|^%\w|\[\[|@\w+@/.test(value);
}
