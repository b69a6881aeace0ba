/** Rows in columns: each as wide as its widest cell, two spaces between. Empty cells are `-`. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number | boolean | null | undefined)[])[],
): string[] {
  const cells = [
    head,
    ...rows.map((row) => row.map((cell) => (cell === null || cell === undefined || cell === '' ? '-' : String(cell)))),
  ];
  const widths = head.map((_name, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length)));
  return cells.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - [...text].length));
