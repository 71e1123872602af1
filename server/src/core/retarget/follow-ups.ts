import { compareVersions, findRelease, shortFrameworkName } from '../facts/dotnet-frameworks.ts';
import type { Finding, Location, Message } from '../model/finding.ts';
import { dirname, type FilePath } from '../model/path.ts';
import { LineIndex } from '../text/lines.ts';
import type { ProjectModel, WorkspaceModel } from '../workspace/model.ts';
import { sourceFilesOf } from '../workspace/project-code.ts';
import type { Companions } from './companion-edits.ts';
import { mentionsOf } from './mentions.ts';
import type { FollowUp, RetargetChange, RetargetedProject } from './model.ts';
import { nameOf, versionsBelow } from './select-projects.ts';

export interface FollowUpOptions {
  readonly goal: string;
  readonly changes: readonly RetargetChange[];
  readonly retargeted: readonly RetargetedProject[];
  readonly before: ReadonlyMap<FilePath, ProjectModel>;
  /** The workspace after all edits. */
  readonly workspace: WorkspaceModel;
  readonly findings: readonly Finding[];
  readonly companions: Companions;
  readonly files: readonly FilePath[];
}

/** What a person must still do, the most important first. */
export function followUpsOf(options: FollowUpOptions): FollowUp[] {
  if (options.retargeted.length === 0) {
    return [];
  }
  const found = [
    ...consumersLeftBehind(options),
    ...carriedAlong(options),
    ...siteSteps(options),
    ...unwritable(options),
    ...packages(options),
    ...images(options),
    ...findingsToActOn(options),
    ...conditions(options),
    ...mentions(options),
    ...symbols(options),
    ...runtimeChanges(options),
    ...machines(options),
  ];
  const indexes = new Map<FilePath, LineIndex>();
  return found.map((entry) => ({ ...entry, position: positionOf(entry.at, options.workspace, indexes) }));
}

type PlacelessFollowUp = Omit<FollowUp, 'position'>;

function positionOf(
  at: Location | null,
  workspace: WorkspaceModel,
  indexes: Map<FilePath, LineIndex>,
): FollowUp['position'] {
  if (!at) {
    return null;
  }
  const index = indexes.get(at.path) ?? new LineIndex(workspace.readText(at.path) ?? '');
  indexes.set(at.path, index);
  return index.positionAt(at.range.start);
}

/** A project cannot reference one that is built for a later framework. */
function consumersLeftBehind({ workspace, retargeted, goal }: FollowUpOptions): PlacelessFollowUp[] {
  const raised = new Set(retargeted.map(({ path }) => path));
  return [...workspace.projects.values()].flatMap((consumer) => {
    const referenced = consumer.references.find((path) => raised.has(path));
    const versions = versionsBelow(consumer, goal);
    return referenced !== undefined && versions.length > 0
      ? [
          followUp(
            {
              key: 'consumer-left-behind',
              template:
                '{consumer} references {project} and stays at {version}: it cannot use it any more. Retarget it as well.',
              values: { consumer: nameOf(consumer.path), project: nameOf(referenced), version: versions.join(', ') },
            },
            consumer.path,
            consumer.head,
          ),
        ]
      : [];
  });
}

function carriedAlong({ retargeted, workspace, goal }: FollowUpOptions): PlacelessFollowUp[] {
  return retargeted
    .filter(({ isCarriedAlong }) => isCarriedAlong)
    .map(({ path }) =>
      followUp(
        {
          key: 'carried-along',
          template: '{project} shares the declaration of its target and is retargeted to {goal} as well.',
          values: { project: nameOf(path), goal },
        },
        path,
        workspace.projects.get(path)?.head ?? null,
      ),
    );
}

function siteSteps({ changes, companions, workspace }: FollowUpOptions): PlacelessFollowUp[] {
  const steps = changes.flatMap(({ path, edits }) =>
    edits
      .filter(({ kind }) => kind === 'site-step')
      .slice(0, 1)
      .map(() =>
        followUp(
          {
            key: 'site-step',
            template:
              'Test the site of {file}: from httpRuntime 4.5 on, ASP.NET validates requests, encrypts and runs asynchronous code differently.',
            values: { file: nameOf(path) },
          },
          workspace.projectsNear(path)[0]?.path ?? null,
          { path, range: { start: 0, end: 0 } },
        ),
      ),
  );
  const incomplete = companions.incompleteSites.map(({ project, path }) =>
    followUp(
      {
        key: 'site-incomplete',
        template:
          'Write <httpRuntime targetFramework="..."/> into system.web of {file}: without it the site runs like 4.0.',
        values: { file: nameOf(path) },
      },
      project,
      { path, range: { start: 0, end: 0 } },
    ),
  );
  const shared = companions.sharedConfigurations.map(({ path, project }) =>
    followUp(
      {
        key: 'shared-configuration',
        template: '{file} was left as it is: {project}, in the same folder, keeps an older target.',
        values: { file: nameOf(path), project },
      },
      null,
      { path, range: { start: 0, end: 0 } },
    ),
  );
  return [...incomplete, ...steps, ...shared];
}

function packages({ companions }: FollowUpOptions): PlacelessFollowUp[] {
  return companions.toReinstall.map(({ project, list, ids }) =>
    followUp(
      {
        key: 'reinstall-packages',
        template: 'Reinstall the packages of {project} (Update-Package -Reinstall -ProjectName {name}): {packages}.',
        values: {
          project: nameOf(project),
          name: nameOf(project).replace(/\.\w+proj$/i, ''),
          packages: ids.length > 8 ? `${ids.slice(0, 8).join(', ')} and ${ids.length - 8} more` : ids.join(', '),
        },
      },
      project,
      { path: list, range: { start: 0, end: 0 } },
    ),
  );
}

function unwritable({ companions }: FollowUpOptions): PlacelessFollowUp[] {
  return companions.unwritable.map((path) =>
    followUp(
      {
        key: 'encoding',
        template:
          '{file} was left as it is: it is not in Unicode, and the editor would not keep its letters. Use the command line for it.',
        values: { file: nameOf(path) },
      },
      null,
      { path, range: { start: 0, end: 0 } },
    ),
  );
}

function images({ companions, goal }: FollowUpOptions): PlacelessFollowUp[] {
  return companions.stuckImages.map(({ path, image }) =>
    followUp(
      {
        key: 'image',
        template: 'Choose an image with .NET Framework {goal} in place of {image}.',
        values: { goal, image },
      },
      null,
      { path, range: { start: 0, end: 0 } },
    ),
  );
}

/** What rules say of the result that has to do with the new target. */
const rulesToActOn: ReadonlySet<string> = new Set([
  'dynamics-package-too-old',
  'package-needs-newer-target',
  'plug-in-target-too-new',
  'target-attribute-missing',
]);

function findingsToActOn({ findings, retargeted, workspace }: FollowUpOptions): PlacelessFollowUp[] {
  const raised = new Set(retargeted.map(({ path }) => path));
  const folders = new Set(retargeted.map(({ path }) => dirname(path)));
  return findings
    .filter(
      ({ rule, project, path }) =>
        rule === 'pipeline-image-2015' ||
        (rulesToActOn.has(rule) &&
          (project === null
            ? folders.has(dirname(path)) || workspace.projectsThatRead(path).some((reader) => raised.has(reader.path))
            : raised.has(project))),
    )
    .map((finding) => followUp(finding.message, finding.project, { path: finding.path, range: finding.range }));
}

function conditions({ companions }: FollowUpOptions): PlacelessFollowUp[] {
  return companions.loose.map(({ at, condition, because }) =>
    followUp(
      {
        key: 'condition',
        template: 'Look at the condition {condition}: it was not changed, because {because}.',
        values: { condition, because },
      },
      null,
      at,
    ),
  );
}

const mentionTemplates = {
  condition: 'This condition names {text}, which {project} no longer targets; it may now decide otherwise.',
  declaration: 'This declaration of {text} decides in no configuration that was evaluated; it was left as it is.',
  other: 'This text names {text}, which {project} no longer targets.',
} as const;

/** Other texts of the project's files that name the old target. */
function mentions({ workspace, before, files, retargeted, companions, goal }: FollowUpOptions): PlacelessFollowUp[] {
  const known = new Set(files);
  const told = new Set(companions.loose.map(({ at }) => placeKey(at)));
  const shared = new Map<FilePath, boolean>();
  /** A file that a project with a low target reads as well: what it says is right for that one. */
  const isOfOthers = (file: FilePath): boolean => {
    const answer =
      shared.get(file) ?? workspace.projectsThatRead(file).some((reader) => versionsBelow(reader, goal).length > 0);
    shared.set(file, answer);
    return answer;
  };
  return retargeted.flatMap(({ path, from }) => {
    const project = workspace.projects.get(path);
    const left = project ? versionsBelow(project, goal) : [];
    const gone = from.filter((version) => !left.includes(version));
    const own = [...(before.get(path)?.dependencies ?? [])].filter(
      (file) =>
        known.has(file) &&
        /\.(?:\w+proj|props|targets)$/i.test(file) &&
        (file === path || !workspace.projects.has(file)) &&
        !isOfOthers(file),
    );
    return own.flatMap((file) =>
      mentionsOf(file, workspace.readText(file) ?? '', gone).flatMap(({ at, text, kind }) => {
        if (told.has(placeKey(at))) {
          return [];
        }
        told.add(placeKey(at));
        const values = { text, project: nameOf(path) };
        return [followUp({ key: `mention-${kind}`, template: mentionTemplates[kind], values }, path, at)];
      }),
    );
  });
}

/** The SDK defines NET452 and the like by the target; code that asks for the old one is compiled differently. */
function symbols({ workspace, retargeted }: FollowUpOptions): PlacelessFollowUp[] {
  return retargeted.flatMap(({ path, from }) => {
    const builds = workspace.projects.get(path)?.isSdkStyle ? workspace.buildsOf(path) : undefined;
    if (!builds) {
      return [];
    }
    const names = from.map((version) => shortFrameworkName(version).toUpperCase());
    const pattern = new RegExp(`^[ \\t]*#[ \\t]*(?:el)?if\\b[^\\r\\n]*\\b(${names.join('|')})\\b`, 'im');
    const uses = sourceFilesOf(
      path,
      builds.builds.map(({ evaluation }) => evaluation),
    ).flatMap((file): { at: Location; name: string }[] => {
      const match = pattern.exec(workspace.readText(file) ?? '');
      const name = match?.[1];
      const end = match ? match.index + match[0].length : 0;
      return match && name ? [{ at: { path: file, range: { start: match.index, end } }, name }] : [];
    });
    const [first] = uses;
    return first
      ? [
          followUp(
            {
              key: 'symbol',
              template:
                '{count} source files of {project} ask for {symbol} with #if, which the new target does not define.',
              values: { count: String(uses.length), project: nameOf(path), symbol: first.name },
            },
            path,
            first.at,
          ),
        ]
      : [];
  });
}

function runtimeChanges({ retargeted, workspace }: FollowUpOptions): PlacelessFollowUp[] {
  return retargeted
    .filter(({ from }) => from.some((version) => compareVersions(version, '4.0') < 0))
    .map(({ path }) =>
      followUp(
        {
          key: 'runtime',
          template:
            '{project} runs on CLR 4 now instead of CLR 2: test it, and open it once in Visual Studio if it is a site.',
          values: { project: nameOf(path) },
        },
        path,
        workspace.projects.get(path)?.head ?? null,
      ),
    );
}

/** What has to be installed, and how long the target is supported. */
function machines({ goal, retargeted, workspace }: FollowUpOptions): PlacelessFollowUp[] {
  const release = findRelease(goal);
  const isProgram = retargeted.some(({ path }) => {
    const role = workspace.projects.get(path)?.role.role;
    return role !== 'library' && role !== 'plug-in' && role !== 'workflow-activity';
  });
  const messages: Message[] = [
    {
      key: 'targeting-pack',
      template:
        'Install the targeting pack of .NET Framework {goal} where the projects are built, or reference the package Microsoft.NETFramework.ReferenceAssemblies.',
      values: { goal },
    },
    ...(isProgram
      ? [
          {
            key: 'runtime-install',
            template: 'Install .NET Framework {goal} or later where the programs run, and build and deploy them anew.',
            values: { goal },
          },
        ]
      : []),
    ...(release && release.supportEnds !== null && release.supportEnds !== 'os'
      ? [
          {
            key: 'support-ends',
            template: '.NET Framework {goal} leaves support on {date}.',
            values: { goal, date: release.supportEnds },
          },
        ]
      : []),
  ];
  return messages.map((message) => followUp(message, null, null));
}

function followUp(message: Message, project: FilePath | null, at: Location | null): PlacelessFollowUp {
  return { message, project, at };
}

function placeKey({ path, range }: Location): string {
  return `${path}\n${range.start}`;
}
