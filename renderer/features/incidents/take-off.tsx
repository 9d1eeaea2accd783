import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { WordEntry } from './word-entry.tsx';

interface TakeOffProps {
  /** What is taken back, for who cannot see which line it is. */
  readonly label: string;
  /** True where it was done. */
  readonly onTakeOff: (reason: string) => Promise<boolean>;
}

/** Takes back what came into an incident by mistake: two steps, and never without a reason. */
export function TakeOff({ label, onTakeOff }: TakeOffProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <Button aria-label={label} data-take-off onClick={() => setAsked(true)}>
        {t('incidents.take-off')}
      </Button>
    );
  return (
    <WordEntry
      label={t('incidents.take-off-reason')}
      button={t('incidents.take-off')}
      most={500}
      autoFocus
      onSend={async (reason) => {
        const done = await onTakeOff(reason);
        if (done) setAsked(false);
        return done;
      }}
      onCancel={() => setAsked(false)}
    />
  );
}
