/**
 * Functions that run inside the page. Playwright sends their source text there, so each stands on its own. The few
 * browser types are declared here, because the project is compiled without the DOM library: nothing else may use it.
 */

/** A place on the page, in CSS pixels. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Looks a text up in the drawn lines of the active editor; null when no line shows it. */
export function findTextInEditor(text: string): Rectangle | null {
  const lines = document.querySelectorAll('.part.editor .editor-group-container.active .view-lines .view-line');
  for (const line of lines) {
    const start = (line.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(text);
    if (start < 0) {
      continue;
    }
    const range = document.createRange();
    const walker = document.createTreeWalker(line, 4);
    let offset = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (start >= offset && start < offset + length) {
        range.setStart(node, start - offset);
      }
      if (start + text.length <= offset + length) {
        range.setEnd(node, start + text.length - offset);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x, y, width, height };
      }
      offset += length;
    }
  }
  return null;
}

/** The text of the drawn lines from top to bottom; the editor keeps them in any order. */
export function textOfLines(lines: PageElement[]): string {
  return lines
    .map((line) => ({ top: line.getBoundingClientRect().y, text: line.textContent ?? '' }))
    .sort((one, other) => one.top - other.top)
    .map((line) => line.text)
    .join('\n')
    .replaceAll('\u00a0', ' ');
}

export function boxesOfElements(elements: PageElement[]): Rectangle[] {
  return elements.map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  });
}

/** The text of the chosen entry of a drop-down list. */
export function chosenOption(list: unknown): string {
  const { options, selectedIndex } = list as { options: PageNode[]; selectedIndex: number };
  return options[selectedIndex]?.textContent ?? '';
}

interface PageNode {
  textContent: string | null;
}

interface PageElement extends PageNode {
  getBoundingClientRect(): Rectangle;
}

interface PageRange {
  setStart(node: PageNode, offset: number): void;
  setEnd(node: PageNode, offset: number): void;
  getBoundingClientRect(): Rectangle;
}

declare const document: {
  querySelectorAll(selector: string): Iterable<PageElement>;
  createRange(): PageRange;
  /** 4 stands for text nodes. */
  createTreeWalker(root: PageElement, whatToShow: 4): { nextNode(): PageNode | null };
};
