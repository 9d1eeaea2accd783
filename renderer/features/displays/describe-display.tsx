import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownDisplay } from '../../../core/displays/displays.contract.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { sayFault } from '../../ui/run-command.ts';
import styles from './describe-display.module.css';
import type { DisplaysClient } from './displays-client.ts';
import { WordScaleField } from './word-scale-field.tsx';

interface DescribeDisplayProps {
  readonly client: DisplaysClient;
  readonly display: KnownDisplay;
  readonly onClose: () => void;
}

/** A display's number and name, and how large words are on it. */
export function DescribeDisplay({ client, display, onClose }: DescribeDisplayProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(display.name);
  const [number, setNumber] = useState(`${display.number}`);
  const [wish, setWish] = useState(display.wordScaleWish);
  const [problem, setProblem] = useState<string | null>(null);
  const asNumber = Number(number);
  const badNumber = !/^\d{1,3}$/.test(number.trim()) || asNumber < 1;

  async function store(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (badNumber || name.trim() === '') return;
    try {
      const { id } = display;
      const described = await client.call('displays.describe', { id, name: name.trim(), number: asNumber });
      const scaled = described.refusal === null && wish !== display.wordScaleWish;
      const { refusal } = scaled ? await client.call('displays.word-scale', { id, wish }) : described;
      if (refusal === null) onClose();
      else setProblem(t(`displays-refusal.${refusal}`));
    } catch (error) {
      sayFault(error);
    }
  }
  const form = `describe-${display.number}`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('displays.describe-title', { number: display.number })}
      width="narrow"
      closesOutside={false}
      actions={
        <>
          <Button onClick={onClose}>{t('displays.cancel')}</Button>
          <Button look="primary" type="submit" form={form}>
            {t('displays.store')}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void store(event)}>
        <Field label={t('displays.number')} problem={badNumber ? t('displays.number-range') : problem}>
          <TextInput
            inputMode="numeric"
            value={number}
            onChange={({ target }) => {
              setNumber(target.value);
              setProblem(null);
            }}
          />
        </Field>
        <Field label={t('displays.name')} hint={t('displays.connector', { connector: display.connector })}>
          <TextInput maxLength={120} value={name} onChange={({ target }) => setName(target.value)} />
        </Field>
        <WordScaleField display={display} wish={wish} onChange={setWish} />
      </form>
    </Dialog>
  );
}
