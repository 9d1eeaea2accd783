import type { TFunction } from 'i18next';
import type { AuditLine } from '../../../core/audit/audit-line.ts';
import { clockText, momentText } from '../../ui/clock-text.ts';

/** What cameras and displays are called. */
export interface AuditNames {
  camera(id: string): string;
  /** Its number; the id of one that is not known any more. */
  display(id: string): string;
}

/** A row as one says it, without who did it and when. */
export function auditLineText(t: TFunction, line: AuditLine, names: AuditNames): string {
  const { word, utcMs, sinceUtcMs, number, about, kind, refusal } = line;
  const camera = line.cameras.map(names.camera).join(', ') || '?';
  const from = word === 'rewind-shown' || word === 'rewind-found' ? number : sinceUtcMs;
  const said = t(`audit-line.${word}`, {
    ...{ camera, about, kind, number: number ?? '' },
    place: placeText(t, line, names),
    from: from === null ? '?' : momentText(from, utcMs),
    to: clockText(utcMs),
  });
  return refusal === null ? said : `${said} (${t('audit.refused', { why: refusal })})`;
}

function placeText(t: TFunction, { tiles, displays, act }: AuditLine, names: AuditNames): string {
  const places =
    tiles.length > 0
      ? // People count tiles from 1.
        tiles.map(({ displayId, tile }) => t('audit.tile-of', { tile: tile + 1, display: names.display(displayId) }))
      : displays.map((id) => t('audit.display', { display: names.display(id) }));
  const [first, second] = places;
  if (first === undefined) return t(act === 'viewing' || act === 'rewind' ? 'audit.no-tile' : 'audit.every-display');
  if (places.length <= 2) return second === undefined ? first : `${first}, ${second}`;
  return t('audit.of-tiles', { first, count: places.length - 1 });
}
