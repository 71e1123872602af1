/** Measuring in pairs, so that what else the machine does touches both sides alike. */

/** One line of the table. */
export interface Row {
  readonly name: string;
  /** Median of ours, in the unit. */
  readonly ours: number;
  readonly reference: number;
  readonly referenceName: string;
  readonly unit: 'ms' | 'MB';
  /** Median of the rounds' ratios: ours by the reference. */
  readonly ratio: number;
  readonly rounds: number;
}

export interface Pair {
  readonly name: string;
  readonly referenceName: string;
  readonly rounds: number;
  /** Rounds of both sides before those that count; one unless both sides compile themselves while they run. */
  readonly warmUps?: number;
  readonly unit?: Row['unit'];
  /** Answers its own time (or size); run in turn with the other. */
  ours(): number | Promise<number>;
  reference(): number | Promise<number>;
}

/** Runs both sides in turn, after rounds that do not count. */
export async function measure(pair: Pair): Promise<Row> {
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < (pair.warmUps ?? 1); round++) {
    await pair.ours();
    await pair.reference();
  }
  for (let round = 0; round < pair.rounds; round++) {
    ours.push(await pair.ours());
    reference.push(await pair.reference());
  }
  return row(pair, ours, reference);
}

/** The line for values that were measured elsewhere, in the same order. */
export function row(
  { name, referenceName, unit = 'ms' }: Pick<Pair, 'name' | 'referenceName' | 'unit'>,
  ours: readonly number[],
  reference: readonly number[],
): Row {
  return {
    name,
    referenceName,
    unit,
    ours: median(ours),
    reference: median(reference),
    ratio: median(ours.map((value, i) => value / (reference[i] ?? Number.NaN))),
    rounds: ours.length,
  };
}

/** The time that something takes, in milliseconds. */
export async function time(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The table as text; below 0.1 the ratio is told the other way round as well. */
export function formatTable(rows: readonly Row[]): string {
  const cells = [
    ['what', 'ours', 'reference', 'ratio', 'rounds'],
    ...rows.map(({ name, ours, reference, referenceName, ratio, rounds, unit }) => [
      name,
      `${formatNumber(ours)} ${unit}`,
      `${formatNumber(reference)} ${unit} ${referenceName}`,
      ratio < 0.1 ? `${formatNumber(ratio)} (1/${Math.round(1 / ratio)})` : formatNumber(ratio),
      String(rounds),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}
