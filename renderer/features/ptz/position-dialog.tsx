import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import type { PtzClient } from './ptz-client.ts';
import { closePtzDialog, ptzView } from './ptz-view.ts';
import { nowhere, perCent, positionOf, type TypedPosition, typedPosition } from './typed-position.ts';

interface PositionDialogProps {
  readonly client: PtzClient;
  readonly target: PtzTarget;
}

/** Sends a camera to a place in numbers: one that was read aloud, or is in a note. It shows the present one, to be read aloud. */
export function PositionDialog({ client, target }: PositionDialogProps) {
  const { t } = useTranslation();
  const { id, number } = target.camera;
  const absolute = target.abilities?.absolute ?? { panTilt: false, zoom: false };
  const [said, setSaid] = useState<'asking' | 'nothing' | 'place'>('asking');
  const [typed, setTyped] = useState<Partial<TypedPosition>>({});
  const [present, setPresent] = useState<TypedPosition>(nowhere);
  const shown: TypedPosition = { ...present, ...typed };
  const position = positionOf(shown, absolute);

  useEffect(() => {
    let isOver = false;
    const heard = (place: Parameters<typeof typedPosition>[0] | null): void => {
      if (isOver) return;
      setSaid(place === null ? 'nothing' : 'place');
      if (place !== null) setPresent(typedPosition(place));
    };
    client.call('ptz.position', { camera: id }).then(
      (answer) => heard(answer.position),
      () => heard(null),
    );
    return () => {
      isOver = true;
    };
  }, [client, id]);

  async function go(): Promise<void> {
    if (position === undefined) return;
    closePtzDialog();
    await ptzView.getState().desk?.goTo({ what: 'absolute', position });
  }

  function field(axis: keyof TypedPosition, least: number) {
    const isWrong = shown[axis] !== '' && perCent(shown[axis], least, 100) === undefined;
    return (
      <Field label={t(`ptz.position-${axis}`)} problem={isWrong ? t('ptz.position-range', { least }) : null}>
        <TextInput
          inputMode="decimal"
          maxLength={6}
          dir="ltr"
          value={shown[axis]}
          onChange={(event) => setTyped((before) => ({ ...before, [axis]: event.target.value }))}
        />
      </Field>
    );
  }

  return (
    <FormDialog
      title={t('ptz.position-title', { number })}
      cancel={t('ptz.cancel')}
      submit={t('ptz.position-go')}
      ready={position !== undefined}
      onClose={closePtzDialog}
      onSubmit={go}
    >
      <p>{t('ptz.position-what')}</p>
      <p role="status">{t(`ptz.position-${said}`)}</p>
      {absolute.panTilt && field('pan', -100)}
      {absolute.panTilt && field('tilt', -100)}
      {absolute.zoom && field('zoom', 0)}
    </FormDialog>
  );
}
