/** The flat tables that a document is made of. All numbers are offsets in UTF-16 units or indexes of rows. */

export const elementWidth = 8;
export const Field = {
  nameStart: 0,
  nameEnd: 1,
  openEnd: 2,
  closeStart: 3,
  end: 4,
  parent: 5,
  firstAttribute: 6,
  flags: 7,
} as const;
export const Flag = { selfClosing: 1, halfTag: 2 } as const;
export const attributeWidth = 5;
/** Kind, start, end, parent. */
export const nodeWidth = 4;

/** Flat numbers instead of objects: a workspace has millions of them. */
export interface Tables {
  elements: Int32Array;
  elementCount: number;
  attributes: Int32Array;
  attributeCount: number;
  nodes: Int32Array;
  nodeCount: number;
}

/** Rows of a table by their parent, in order: all of them in one array, with the start of each group. */
export interface Groups {
  membersOf(parent: number): Int32Array;
}

export function groupByParent(
  table: Int32Array,
  count: number,
  width: number,
  field: number,
  parentCount: number,
): Groups {
  const starts = new Int32Array(parentCount + 2);
  for (let i = 0; i < count; i++) {
    const slot = (table[i * width + field] as number) + 2;
    starts[slot] = (starts[slot] as number) + 1;
  }
  for (let slot = 1; slot < starts.length; slot++) {
    starts[slot] = (starts[slot] as number) + (starts[slot - 1] as number);
  }
  const next = starts.slice();
  const members = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const slot = (table[i * width + field] as number) + 1;
    members[next[slot] as number] = i;
    next[slot] = (next[slot] as number) + 1;
  }
  return { membersOf: (parent) => members.subarray(starts[parent + 1], starts[parent + 2]) };
}

export function roomFor(table: Int32Array, length: number): Int32Array {
  if (length <= table.length) {
    return table;
  }
  const larger = new Int32Array(Math.max(table.length * 2, length));
  larger.set(table);
  return larger;
}
