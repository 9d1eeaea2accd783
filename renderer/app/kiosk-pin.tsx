import { type SubmitEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { sayFault } from '../ui/run-command.ts';
import { onEverySecond } from '../ui/ticker.ts';
import type { DeedbanClient } from './client.ts';
import { viewState } from './view-state.ts';

type Said = 'wrong-pin' | 'no-pin-set' | 'pin-needed' | null;

const close = () => viewState.setState({ pin: false });

/** Asks the technician for the kiosk's PIN, and says in words why it did not open. The PIN is forgotten with every answer. */
export function KioskPin({ client }: { readonly client: Pick<DeedbanClient, 'call'> }) {
  const { t } = useTranslation();
  const form = useId();
  const [pin, setPin] = useState('');
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<Said>(null);
  const [untilMs, setUntilMs] = useState<number | null>(null);
  const waitS = useSecondsUntil(untilMs);

  async function ask(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (pin === '' || asking || waitS > 0) return;
    setAsking(true);
    setPin('');
    try {
      const answer = await client.call('host.leave', { pin });
      if (answer.outcome === 'leaving') {
        viewState.setState({ pin: false, leaving: 'asked' });
        return;
      }
      setSaid(answer.outcome === 'wait' ? null : answer.outcome);
      setUntilMs(answer.outcome === 'wait' ? performance.now() + answer.waitMs : null);
    } catch (fault) {
      sayFault(fault);
    } finally {
      setAsking(false);
    }
  }

  const problem = waitS > 0 ? t('kiosk.wait', { count: waitS }) : said === null ? null : t(`kiosk.${said}`);
  return (
    <Dialog
      open
      onClose={close}
      title={t('kiosk.title')}
      width="narrow"
      actions={
        <>
          <Button onClick={close}>{t('kiosk.stay')}</Button>
          <Button look="primary" type="submit" form={form} disabled={pin === '' || asking || waitS > 0}>
            {t('kiosk.leave')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void ask(event)}>
        <Field label={t('kiosk.pin')} problem={problem}>
          <TextInput
            type="password"
            inputMode="numeric"
            autoComplete="off"
            maxLength={64}
            value={pin}
            onChange={(event) => setPin(event.currentTarget.value)}
            dir="ltr"
          />
        </Field>
      </form>
    </Dialog>
  );
}

/** Whole seconds until then on this window's monotonic clock; 0 when it is over or there is nothing to wait for. */
function useSecondsUntil(untilMs: number | null): number {
  const [leftS, setLeftS] = useState(0);
  useEffect(() => {
    const read = () => setLeftS(untilMs === null ? 0 : Math.max(0, Math.ceil((untilMs - performance.now()) / 1_000)));
    read();
    return untilMs === null ? undefined : onEverySecond(read);
  }, [untilMs]);
  return leftS;
}
