/** Measures two sides in pairs; which goes first changes, so that a machine that drifts does not favour one of them. */
export async function inTurn<T>(
  pairs: number,
  ours: (run: number) => Promise<T>,
  bare: (run: number) => Promise<T>,
  told: (pair: { readonly ours: T; readonly bare: T }, index: number) => void,
): Promise<{ readonly ours: T; readonly bare: T }[]> {
  const measured: { ours: T; bare: T }[] = [];
  for (let index = 0; index < pairs; index += 1) {
    const first = index % 2 === 0 ? await ours(2 * index) : null;
    const other = await bare(2 * index + 1);
    const pair = { ours: first ?? (await ours(2 * index)), bare: other };
    measured.push(pair);
    told(pair, index);
  }
  return measured;
}
