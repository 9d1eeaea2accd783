/** What a display is and where it is plugged in, as a host tells. */
export interface DisplayFacts {
  /** A digest of what the display says of itself (its EDID); null where it says nothing. Letters and digits only. */
  readonly digest: string | null;
  readonly connector: string;
  /** In physical pixels. */
  readonly width: number;
  readonly height: number;
}

/** A display that was there before: its id, and where it was plugged in last. */
export interface EarlierDisplay {
  readonly id: string;
  readonly connector: string;
}

const idMaxLength = 120;

/**
 * The ids of the displays there are, in their order, each once:
 *
 * - by its digest alone where no other has the same: it may be plugged in anywhere;
 * - of equal ones the connector decides too. That is remembered by the ids of `earlier`: one of two equal displays keeps its id
 *   while the other sleeps, and the one that was there alone first keeps its id when the other comes;
 * - without a digest by connector and size.
 */
export function displayIds(present: readonly DisplayFacts[], earlier: readonly EarlierDisplay[]): readonly string[] {
  const known = new Map(earlier.map(({ id, connector }) => [id, connector]));
  const taken = new Set<string>();
  return present.map((display) => {
    const id = unique(idOf(display), taken);
    taken.add(id);
    return id;
  });

  function idOf({ digest, connector, width, height }: DisplayFacts): string {
    if (digest === null) return plain(`c-${connector}-${width}x${height}`);
    const alone = `e-${digest}`;
    const here = plain(`${alone}-${connector}`);
    if (known.has(here)) return here;
    const twins = present.filter((other) => other.digest === digest).length > 1;
    return twins && known.get(alone) !== connector ? here : alone;
  }
}

/** What a key of the Registry and a path of an address may hold without being escaped. */
function plain(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, idMaxLength);
}

function unique(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  let count = 2;
  while (taken.has(`${id}-${count}`)) count += 1;
  return `${id}-${count}`;
}
