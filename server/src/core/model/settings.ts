import type { Severity } from './finding.ts';

/** What a user can decide. Plain data, complete: {@link parseSettings} fills in what is missing. */
export interface Settings {
  /** The version that fixes retarget to, without `v`. */
  readonly targetFramework: string;
  /** Severity and options of a rule by its id; a rule that is not named keeps its own. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Role of the projects that match a glob, in place of the recognised one. */
  readonly roles: Readonly<Record<string, string>>;
  /** The edition of the platform's guidance that plug-in targets are judged by. */
  readonly plugInPolicy: string;
  /** Globs of files and folders that are left out, besides those that never count. */
  readonly exclude: readonly string[];
  /** Whether files that are not open are analysed. */
  readonly analyzeWorkspace: boolean;
  /** Files above this size in MiB are not read. */
  readonly maximumFileSize: number;
  /** Whether Dynamics URLs in configuration files have a code lens that checks their TLS. */
  readonly codeLens: boolean;
  /** Whether the values that decide for a process have a code lens that says what the process offers. */
  readonly processCodeLens: boolean;
}

/** A rule's severity as configured; `default` and `off` as their names say. */
export type RuleLevel = Severity | 'default' | 'off';

/** A severity alone, or with options of the rule beside it. */
export type RuleSetting = RuleLevel | { readonly severity?: RuleLevel; readonly [option: string]: unknown };

/** A value that a person writes, and what is said about it where it is written. */
export interface ValueDefinition {
  readonly key: string;
  readonly type: 'boolean' | 'number' | 'enum' | 'string-list' | 'string-map' | 'rule-map';
  readonly default: unknown;
  /** Markdown. */
  readonly description: string;
  /** For `enum`: the values; for maps: the values of the entries. */
  readonly values?: readonly string[];
  readonly valueDescriptions?: readonly string[];
  readonly minimum?: number;
}

/**
 * One setting: its place below `dynamicsTls.` in the editor and at the top of a configuration file, and what
 * package.json and the schema of that file say about it.
 */
export interface SettingDefinition extends ValueDefinition {
  readonly key: keyof Settings;
  /** True for what concerns the editor or the machine, and not the files: such a setting has no place in a file. */
  readonly isEditorOnly?: true;
}

/** What settings need to know of a rule. */
export interface ConfigurableRule {
  readonly id: string;
  readonly options?: readonly ValueDefinition[];
}

export const ruleLevels: readonly RuleLevel[] = ['default', 'error', 'warning', 'information', 'hint', 'off'];

/** Roles that a project can have. The names are those of the command line's JSON. */
export const projectRoles = [
  'client',
  'web',
  'plug-in',
  'workflow-activity',
  'library',
  'test',
  'xrmtoolbox-tool',
  'usd-control',
  'package-deployer',
  'unknown',
] as const;

/** What a project is for. */
export type ProjectRole = (typeof projectRoles)[number];

/** All settings; package.json is generated from this table. */
export const settingDefinitions: readonly SettingDefinition[] = [
  {
    key: 'targetFramework',
    type: 'enum',
    default: '4.6.2',
    values: ['4.6.2', '4.7', '4.7.1', '4.7.2', '4.8', '4.8.1'],
    valueDescriptions: [
      'The documented minimum. Leaves support on 2027-01-12.',
      'Follows the protocols of Windows.',
      'Follows the protocols of Windows, in WCF as well.',
      'Follows the protocols of Windows, in WCF as well.',
      'Follows the protocols of Windows, in WCF as well. TLS 1.3 has a name in code.',
      'The last version. Needs Windows 10 20H2 or later.',
    ],
    description: 'The .NET Framework version that quick fixes retarget to.',
  },
  {
    key: 'rules',
    type: 'rule-map',
    default: {},
    values: ruleLevels,
    description:
      'Severity by rule id, for example `{"target-framework-too-old": "warning"}`. `off` silences a rule, `default` leaves it to the verdict policy. Options of a rule stand beside its severity: `{"suppression-invalid": {"severity": "error", "requireReason": true}}`.',
  },
  {
    key: 'roles',
    type: 'string-map',
    default: {},
    values: projectRoles,
    description:
      'Role of the projects that match a glob, in place of the recognised one, for example `{"**/Legacy.Plugins.csproj": "plug-in"}`.',
  },
  {
    key: 'plugInPolicy',
    type: 'enum',
    default: '2024-04',
    values: ['2018-01', '2021-03', '2024-04'],
    valueDescriptions: [
      'The founding article: plug-ins stay on 4.5.2.',
      'Use 4.6.2; later versions generally work.',
      'Must target 4.6.2.',
    ],
    description: 'The edition of the guidance that plug-ins and custom workflow activities are judged by.',
  },
  {
    key: 'exclude',
    type: 'string-list',
    default: [],
    description:
      'Globs of files and folders that are not analysed. `bin`, `obj`, `packages`, `node_modules`, `.git`, `.vs` and what `.gitignore` names are always left out.',
  },
  {
    key: 'analyzeWorkspace',
    isEditorOnly: true,
    type: 'boolean',
    default: true,
    description: 'Analyse all files of the workspace, not only the open ones.',
  },
  {
    key: 'maximumFileSize',
    isEditorOnly: true,
    type: 'number',
    default: 10,
    minimum: 1,
    description: 'Files above this size in MiB are not read; a notice names them.',
  },
  {
    key: 'codeLens',
    isEditorOnly: true,
    type: 'boolean',
    default: true,
    description:
      'Show "Check TLS" beside the Dynamics URLs of `.config` files. Nothing is contacted before it is chosen.',
  },
  {
    key: 'processCodeLens',
    type: 'boolean',
    default: true,
    description:
      'Show above the target of a project, and above the `httpRuntime` of a site, which TLS versions the process offers.',
  },
];

/** The settings of somebody who configured nothing. */
export const defaultSettings: Settings = Object.fromEntries(
  settingDefinitions.map((definition) => [definition.key, definition.default]),
) as unknown as Settings;

/** Settings, and a sentence for each value that was wrong and replaced by its default. */
export interface ParsedSettings {
  readonly settings: Settings;
  readonly problems: readonly string[];
}

/**
 * Reads settings of any origin. Unknown keys and wrong values are named; they never break the rest. Options of rules
 * are checked where the rules are given.
 */
export function parseSettings(input: unknown, rules?: readonly ConfigurableRule[]): ParsedSettings {
  if (input === undefined || input === null) {
    return { settings: defaultSettings, problems: [] };
  }
  if (typeof input !== 'object' || Array.isArray(input)) {
    return { settings: defaultSettings, problems: ['The settings are not an object; the defaults are used.'] };
  }
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const definition of settingDefinitions) {
    const value = (input as Record<string, unknown>)[definition.key];
    const problem = value === undefined ? undefined : valueProblem(definition, value, rules);
    if (problem) {
      problems.push(`dynamicsTls.${definition.key} ${problem}; the default is used.`);
    }
    values[definition.key] = value === undefined || problem ? definition.default : value;
  }
  return { settings: values as unknown as Settings, problems };
}

/** The configured severity of a rule. */
export function ruleLevel(settings: Settings, id: string): RuleLevel {
  const setting = Object.hasOwn(settings.rules, id) ? settings.rules[id] : undefined;
  return (typeof setting === 'object' ? setting.severity : setting) ?? 'default';
}

/** The options of a rule: the configured ones, and the defaults for the others. */
export function ruleOptions(settings: Settings, rule: ConfigurableRule): Readonly<Record<string, unknown>> {
  const setting = Object.hasOwn(settings.rules, rule.id) ? settings.rules[rule.id] : undefined;
  const configured = typeof setting === 'object' ? setting : {};
  return Object.fromEntries(
    (rule.options ?? []).map((option) => {
      const value = configured[option.key];
      return [option.key, value === undefined || valueProblem(option, value) ? option.default : value];
    }),
  );
}

/** What is wrong with a value, as the end of a sentence. */
export function valueProblem(
  definition: ValueDefinition,
  value: unknown,
  rules?: readonly ConfigurableRule[],
): string | undefined {
  switch (definition.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'number':
      return typeof value === 'number' && value >= (definition.minimum ?? 0)
        ? undefined
        : `must be a number of at least ${definition.minimum ?? 0}`;
    case 'enum':
      return definition.values?.includes(value as string)
        ? undefined
        : `must be one of ${definition.values?.join(', ')}`;
    case 'string-list':
      return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
        ? undefined
        : 'must be a list of texts';
    case 'string-map':
    case 'rule-map':
      return mapProblem(definition, value, rules);
  }
}

function mapProblem(
  definition: ValueDefinition,
  value: unknown,
  rules: readonly ConfigurableRule[] | undefined,
): string | undefined {
  if (!isObject(value)) {
    return 'must be an object';
  }
  for (const [key, entry] of Object.entries(value)) {
    const problem = entryProblem(definition, key, entry, rules);
    if (problem) {
      return `has the entry "${key}", ${problem}`;
    }
  }
  return undefined;
}

/** What is wrong with one entry of a map, as the end of a sentence. */
export function entryProblem(
  definition: ValueDefinition,
  key: string,
  entry: unknown,
  rules?: readonly ConfigurableRule[],
): string | undefined {
  const values = definition.values?.join(', ');
  if (definition.type !== 'rule-map' || !isObject(entry)) {
    return definition.values?.includes(entry as string) ? undefined : `whose value must be one of ${values}`;
  }
  const rule = rules?.find(({ id }) => id === key);
  for (const [name, value] of Object.entries(entry)) {
    if (name === 'severity') {
      if (!definition.values?.includes(value as string)) {
        return `whose severity must be one of ${values}`;
      }
      continue;
    }
    const option = rule?.options?.find((candidate) => candidate.key === name);
    const problem = option && valueProblem(option, value);
    if (problem) {
      return `whose option ${name} ${problem}`;
    }
    if (rule && !option) {
      return `whose option ${name} does not exist`;
    }
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
