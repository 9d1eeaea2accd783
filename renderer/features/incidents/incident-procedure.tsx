import { Check, SkipForward } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import { spokenIn } from '../../../core/incidents/spoken.ts';
import { Button } from '../../ui/button.tsx';
import { momentText } from '../../ui/clock-text.ts';
import { useCommandContext } from '../../ui/command-context.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import { IncidentPart } from './incident-part.tsx';
import styles from './incident-page.module.css';
import type { IncidentsClient } from './incidents-client.ts';
import type { Act } from './use-incident.ts';
import { WordEntry } from './word-entry.tsx';

interface IncidentProcedureProps {
  readonly client: IncidentsClient;
  readonly incident: Incident;
  readonly act: Act;
  readonly may: boolean;
}

/** What is to be done in order. A step is left out only with a reason, and a supervisor is told. */
export function IncidentProcedure({ client, incident, act, may }: IncidentProcedureProps) {
  const { t, i18n } = useTranslation();
  const { seat } = useCommandContext();
  const choices = useWatched<DeedbanContract, 'incidents.choices'>(client, 'incidents.choices');
  const [skipping, setSkipping] = useState(false);
  const { procedure, category } = incident;
  const words = (spoken: Parameters<typeof spokenIn>[1]) => spokenIn(i18n.language, spoken);
  if (procedure === null) {
    const own = choices?.procedures.filter((each) => each.category === category) ?? [];
    if (!may || own.length === 0) return null;
    return (
      <IncidentPart title={t('incidents.procedure')}>
        <div className={styles.actions}>
          {own.map(({ name, steps }) => (
            <Button key={words(name)} data-follow onClick={() => void act({ do: 'follow', procedure: { name, steps } })}>
              {t('incidents.follow', { name: words(name) })}
            </Button>
          ))}
        </div>
      </IncidentPart>
    );
  }
  const next = procedure.steps.findIndex(({ answer }) => answer === null);
  const skip = async (reason: string) => {
    const done = await act({ do: 'step', step: next, skip: true, reason });
    if (done) setSkipping(false);
    return done;
  };
  return (
    <IncidentPart title={`${t('incidents.procedure')}: ${words(procedure.name)}`}>
      <ol className={styles.steps}>
        {procedure.steps.map(({ text, answer }, step) => (
          <li
            key={step}
            data-step={answer === null ? (step === next ? 'next' : 'later') : answer.skipped === null ? 'done' : 'skipped'}
          >
            <span className={styles.mark}>
              {answer === null ? step + 1 : answer.skipped === null ? <Check aria-hidden /> : <SkipForward aria-hidden />}
            </span>
            <div>
              <bdi>{words(text)}</bdi>
              {answer && (
                <div className={styles.quiet}>
                  {t(answer.skipped === null ? 'incidents.step-done' : 'incidents.step-skipped', {
                    time: momentText(answer.utcMs),
                    seat: answer.bySeat,
                  })}
                  {answer.skipped !== null && (
                    <>
                      {' '}
                      <bdi>{answer.skipped}</bdi>
                    </>
                  )}
                  {answer.seen && <div>{t('incidents.step-seen', { seat: answer.seen.bySeat })}</div>}
                </div>
              )}
              {answer?.skipped && !answer.seen && seat && includesRole(seat.role, 'supervisor') && (
                <Button onClick={() => void act({ do: 'see-skip', step })}>{t('incidents.see-skip')}</Button>
              )}
              {may && step === next && (
                <div className={styles.actions}>
                  <Button look="primary" onClick={() => void act({ do: 'step', step, skip: false, reason: '' })}>
                    {t('incidents.step-do')}
                  </Button>
                  {!skipping && <Button onClick={() => setSkipping(true)}>{t('incidents.step-skip')}</Button>}
                </div>
              )}
              {may && step === next && skipping && (
                <WordEntry
                  label={t('incidents.skip-reason')}
                  button={t('incidents.step-skip')}
                  most={500}
                  autoFocus
                  onSend={skip}
                  onCancel={() => setSkipping(false)}
                />
              )}
            </div>
          </li>
        ))}
      </ol>
    </IncidentPart>
  );
}
