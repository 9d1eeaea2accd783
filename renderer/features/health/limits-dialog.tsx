import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DeedbanContract } from '../../../core/contract.ts';
import { type QualityLimits, qualityLimitsSchema } from '../../../core/streams/quality-limits.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import type { HealthClient } from './health-client.ts';
import { healthView } from './health-view.ts';

/** What the tiles of every window may have at most, to be changed. */
export function LimitsDialog({ client }: { readonly client: HealthClient }) {
  const open = useStore(healthView, (view) => view.limits);
  const limits = useWatched<DeedbanContract, 'streams.limits'>(client, 'streams.limits');
  return open && limits ? <LimitsForm client={client} limits={limits} /> : null;
}

type Limit = keyof QualityLimits;
const limitNames = ['mostHighStreams', 'mostFullStreams', 'bandwidthKbps'] as const satisfies readonly Limit[];
const keyOf = { mostHighStreams: 'high', mostFullStreams: 'full', bandwidthKbps: 'bandwidth' } as const;
/** As the schema says, for words. */
const ranges: Readonly<Record<Limit, { readonly least: number; readonly most: number }>> = {
  mostHighStreams: { least: 0, most: 256 },
  mostFullStreams: { least: 0, most: 256 },
  bandwidthKbps: { least: 100, most: 10_000_000 },
};

function LimitsForm({ client, limits }: { readonly client: HealthClient; readonly limits: QualityLimits }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Readonly<Record<Limit, string>>>({
    mostHighStreams: `${limits.mostHighStreams}`,
    mostFullStreams: `${limits.mostFullStreams ?? ''}`,
    bandwidthKbps: `${limits.bandwidthKbps ?? ''}`,
  });
  const [unsaved, setUnsaved] = useState(false);
  const read = (limit: Limit) => qualityLimitsSchema.shape[limit].safeParse(numberIn(typed[limit]));
  const wanted = qualityLimitsSchema.safeParse(Object.fromEntries(limitNames.map((limit) => [limit, numberIn(typed[limit])])));
  const close = () => healthView.setState({ limits: false });

  return (
    <FormDialog
      title={t('health.limits-title')}
      cancel={t('health.limits-cancel')}
      submit={t('health.limits-store')}
      ready={wanted.success}
      onClose={close}
      onSubmit={async () => {
        if (!wanted.success) return;
        const { refusal } = await client.call('streams.set-limits', wanted.data);
        if (refusal === null) close();
        else setUnsaved(true);
      }}
    >
      {limitNames.map((limit) => (
        <Field
          key={limit}
          label={t(`health.limits-${keyOf[limit]}`)}
          hint={t(`health.limits-${keyOf[limit]}-hint`)}
          problem={read(limit).success ? null : t('health.limits-range', ranges[limit])}
        >
          <TextInput
            inputMode="numeric"
            dir="ltr"
            value={typed[limit]}
            onChange={({ target }) => {
              setTyped((before) => ({ ...before, [limit]: target.value }));
              setUnsaved(false);
            }}
          />
        </Field>
      ))}
      {unsaved && <p role="alert">{t('health.limits-not-saved')}</p>}
    </FormDialog>
  );
}

/** Nothing typed is no limit; what is no whole number is none that the schema takes. */
const numberIn = (text: string): number | null => (text.trim() === '' ? null : /^\d{1,9}$/.test(text.trim()) ? Number(text) : -1);
