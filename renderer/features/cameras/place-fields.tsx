import { useTranslation } from 'react-i18next';
import type { CameraPlace } from '../../../core/cameras/credentials.contract.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import styles from './find-dialog.module.css';

const levels = ['province', 'district', 'site'] as const;

/** Where new cameras stand. */
export function PlaceFields({
  place,
  onChange,
}: {
  readonly place: CameraPlace;
  readonly onChange: (place: CameraPlace) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.place}>
      {levels.map((level) => (
        <Field key={level} label={t(`find.${level}`)}>
          <TextInput
            dir="auto"
            value={place[level]}
            maxLength={120}
            onChange={(event) => onChange({ ...place, [level]: event.currentTarget.value })}
          />
        </Field>
      ))}
    </div>
  );
}
