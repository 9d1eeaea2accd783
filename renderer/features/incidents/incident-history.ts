import type { TFunction } from 'i18next';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { IncidentChange } from '../../../core/incidents/incident-change.ts';
import { spokenIn } from '../../../core/incidents/spoken.ts';
import { listed } from '../../ui/listed.ts';
import { categoryWords, severityWords } from './incident-words.ts';

export interface HistoryLine {
  readonly utcMs: number;
  readonly bySeat: number;
  readonly kind: 'move' | 'camera' | 'note' | 'change' | 'file' | 'step';
  readonly words: string;
}

/** Everything that happened with an incident, oldest first, in the language that is spoken. */
export function incidentHistory(
  t: TFunction,
  language: string,
  incident: Incident,
  cameraName: (id: string) => string,
): readonly HistoryLine[] {
  const { moves, cameras, notes, changes, attachments, procedure } = incident;
  const lines: HistoryLine[] = [
    ...moves.map(({ to, words, ...by }) => ({
      ...by,
      kind: 'move' as const,
      words: words === null ? t(`incident-state.${to}`) : `${t(`incident-state.${to}`)}: ${words}`,
    })),
    ...cameras.slice(1).map(({ camera, ...by }) => ({
      ...by,
      kind: 'camera' as const,
      words: t('incidents.camera-joined', { camera: cameraName(camera) }),
    })),
    ...changes.flatMap((change): HistoryLine[] => {
      if (change.what === 'camera-off')
        return [{ ...change.came, kind: 'camera', words: t('incidents.camera-joined', { camera: cameraName(change.camera) }) }];
      if (change.what !== 'file-off') return [];
      return [{ ...change.came, kind: 'file', words: t('incident-change.file', { name: change.name }) }];
    }),
    ...notes.map(({ text, ...by }) => ({ ...by, kind: 'note' as const, words: text })),
    ...changes.map((change) => ({
      utcMs: change.utcMs,
      bySeat: change.bySeat,
      kind: 'change' as const,
      words: changeWords(t, language, change, cameraName),
    })),
    ...attachments.map(({ utcMs, bySeat, name }) => ({
      utcMs,
      bySeat,
      kind: 'file' as const,
      words: t('incident-change.file', { name }),
    })),
    ...(procedure?.steps ?? []).flatMap(({ text, answer }): HistoryLine[] => {
      if (answer === null) return [];
      const { utcMs, bySeat, skipped, seen } = answer;
      const step = spokenIn(language, text);
      const words =
        skipped === null ? t('incident-change.step', { step }) : t('incident-change.step-skipped', { step, reason: skipped });
      const line = { utcMs, bySeat, kind: 'step' as const, words };
      return seen === null ? [line] : [line, { ...seen, kind: 'step', words: t('incident-change.step-seen', { step }) }];
    }),
  ];
  return lines.toSorted((a, b) => a.utcMs - b.utcMs);
}

function changeWords(t: TFunction, language: string, change: IncidentChange, cameraName: (id: string) => string): string {
  switch (change.what) {
    case 'owner':
      return change.seat === null ? t('incident-change.owner-none') : t('incident-change.owner', { seat: change.seat });
    case 'assigned':
      return change.to === null ? t('incident-change.assigned-none') : t('incident-change.assigned', { to: change.to });
    case 'classified':
      return listed(t, [categoryWords(t, change.category), severityWords(t, change.severity)]);
    case 'linked':
    case 'unlinked':
      return t(`incident-change.${change.what}`, { number: change.to });
    case 'followed':
      return t('incident-change.followed', { name: spokenIn(language, change.name) });
    case 'flagged-again':
      return t('incident-change.flagged-again');
    case 'camera-off':
      return t('incident-change.camera-off', { camera: cameraName(change.camera), reason: change.reason });
    case 'file-off':
      return t('incident-change.file-off', { name: change.name, reason: change.reason });
    case 'locked':
      return t(change.locked ? 'incident-change.locked' : 'incident-change.unlocked');
  }
}
