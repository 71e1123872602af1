import type { AnnotatedTextEdit, ChangeAnnotation, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import {
  type AppliedFix,
  type FileEdits,
  type FilePath,
  formatMessage,
  type PlannedRetarget,
  type RetargetEditKind,
  type TextEdit,
} from '../core/index.ts';
import type { Converter } from './convert.ts';

/** Groups of the preview. What needs confirmation is not ticked at first. */
const annotations: Readonly<Record<RetargetEditKind | 'carried-along' | 'preview', ChangeAnnotation>> = {
  target: { label: 'Target framework', needsConfirmation: false },
  'shared-target': { label: 'Target framework that projects share', needsConfirmation: false },
  'carried-along': {
    label: 'Target framework that other projects share',
    needsConfirmation: true,
    description: 'Projects that were not named are retargeted with it.',
  },
  solution: { label: 'Web site in a solution', needsConfirmation: false },
  condition: { label: 'Conditions that compare with the old target', needsConfirmation: false },
  configuration: { label: 'Runtime that the configuration asks for', needsConfirmation: false },
  site: { label: 'Target framework of the site', needsConfirmation: false },
  'site-step': {
    label: 'Target framework of a site that ran like 4.0',
    needsConfirmation: true,
    description: 'From 4.5 on, ASP.NET validates requests, encrypts and runs asynchronous code differently.',
  },
  packages: { label: 'Packages with the same files for the new target', needsConfirmation: false },
  'hint-path': { label: 'Assemblies for the new target', needsConfirmation: false },
  image: { label: 'Container images', needsConfirmation: false },
  preview: {
    label: 'Nothing is changed before "Apply"',
    needsConfirmation: true,
    description: 'This entry changes nothing.',
  },
};

/** The edit of a plan, which the editor shows before it makes it. */
export function editOfPlan(
  plan: PlannedRetarget,
  converter: Converter,
  client: { readonly hasAnnotations: boolean; readonly hasDocumentChanges: boolean },
): WorkspaceEdit {
  if (!client.hasAnnotations) {
    return converter.workspaceEdit(plan.changes, client.hasDocumentChanges);
  }
  const isShared = plan.retargeted.some(({ isCarriedAlong }) => isCarriedAlong);
  const groups = new AnnotatedEdit(converter);
  for (const { path, edits } of plan.changes) {
    for (const edit of edits) {
      const kind = edit.kind === 'shared-target' && isShared ? 'carried-along' : edit.kind;
      groups.add(path, edit, kind, annotations[kind]);
    }
  }
  return groups.finish();
}

/** Safe fixes are ticked, those to be confirmed are not. */
export function editOfFixes(
  safe: readonly FileEdits[],
  toConfirm: readonly AppliedFix[],
  converter: Converter,
): WorkspaceEdit {
  const groups = new AnnotatedEdit(converter);
  for (const { path, edits } of safe) {
    for (const edit of edits) {
      groups.add(path, edit, 'safe', { label: 'Safe fixes', needsConfirmation: false });
    }
  }
  for (const { fix } of toConfirm) {
    const label = `To be confirmed: ${formatMessage(fix.title)}`;
    for (const { path, edits } of fix.changes) {
      for (const edit of edits) {
        groups.add(path, edit, label, { label, needsConfirmation: true });
      }
    }
  }
  return groups.finish();
}

class AnnotatedEdit {
  readonly #converter: Converter;
  readonly #edits = new Map<FilePath, AnnotatedTextEdit[]>();
  readonly #annotations: Record<string, ChangeAnnotation> = {};

  constructor(converter: Converter) {
    this.#converter = converter;
  }

  add(path: FilePath, { range, newText }: TextEdit, id: string, annotation: ChangeAnnotation): void {
    this.#annotations[id] = annotation;
    const edits = this.#edits.get(path) ?? [];
    edits.push({ range: this.#converter.range(path, range), newText, annotationId: id });
    this.#edits.set(path, edits);
  }

  /**
   * Editors show a preview only where something needs confirmation. Where nothing does, an entry without an effect
   * makes them show it, with everything else ticked.
   */
  finish(): WorkspaceEdit {
    const [first] = this.#edits.keys();
    if (first !== undefined && !Object.values(this.#annotations).some(({ needsConfirmation }) => needsConfirmation)) {
      this.add(first, { range: { start: 0, end: 0 }, newText: '' }, 'preview', annotations.preview);
    }
    const documentChanges = [...this.#edits].map(
      ([path, edits]): TextDocumentEdit => ({ textDocument: this.#converter.document(path), edits }),
    );
    return { documentChanges, changeAnnotations: this.#annotations };
  }
}
