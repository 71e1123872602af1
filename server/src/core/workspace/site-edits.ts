import type { TextEdit } from '../model/finding.ts';
import { lineEndAt } from '../text/edits.ts';
import type { XmlElement } from '../xml/index.ts';

/**
 * The edit that gives a site a target: in `place`, which is its `httpRuntime` or its `system.web`. Undefined where the
 * place cannot be written into.
 */
export function httpRuntimeEdit(text: string, place: XmlElement, goal: string): TextEdit | undefined {
  if (place.localName === 'httpRuntime') {
    const present = place.attribute('targetFramework');
    return present?.valueRange
      ? { range: present.valueRange, newText: goal }
      : { range: { start: place.nameRange.end, end: place.nameRange.end }, newText: ` targetFramework="${goal}"` };
  }
  if (place.localName !== 'system.web' || place.isSelfClosing || !place.isTagComplete || !place.isClosed) {
    return undefined;
  }
  const at = place.openTagRange.end;
  const first = place.children[0];
  const between = first ? text.slice(at, first.range.start) : '';
  const lead = first && /^\s*[\r\n]\s*$/.test(between) ? between.slice(between.search(/[\r\n][ \t]*$/)) : undefined;
  const indentation = lead ?? `${lineEndAt(text, at)}    `;
  // With CRLF, the last line end starts one unit earlier.
  const lineEnd = lead !== undefined && between.endsWith(`\r${lead}`) ? '\r' : '';
  return {
    range: { start: at, end: at },
    newText: `${lineEnd}${indentation}<httpRuntime targetFramework="${goal}" />`,
  };
}
