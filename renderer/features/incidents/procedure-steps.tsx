import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import select from '../../ui/select.module.css';
import { categoryWords, knownCategories } from './incident-words.ts';
import { addStep, draftWords, moveStep, mostSteps, type ProcedureDraft, withoutStep, withStep } from './procedure-draft.ts';
import styles from './procedures-dialog.module.css';

interface ProcedureStepsProps {
  readonly draft: ProcedureDraft;
  readonly onChange: (draft: ProcedureDraft) => void;
  readonly onRemove: () => void;
}

/** One procedure: its name, its category, and its steps in their order. */
export function ProcedureSteps({ draft, onChange, onRemove }: ProcedureStepsProps) {
  const { t, i18n } = useTranslation();
  const { category, name, steps } = draft;
  const categories = [...new Set<string>([category, ...knownCategories])];
  const most = 500;
  return (
    <div className={styles.procedure}>
      <div className={styles.head}>
        <Field label={t('procedures.name')}>
          <TextInput
            dir="auto"
            value={draftWords(i18n.language, name)}
            onChange={({ currentTarget }) => onChange({ ...draft, name: currentTarget.value.slice(0, most) })}
          />
        </Field>
        <Field label={t('incidents.category')}>
          <select
            className={select.select}
            aria-label={t('incidents.category')}
            value={category}
            onChange={({ currentTarget }) => onChange({ ...draft, category: currentTarget.value })}
          >
            {categories.map((each) => (
              <option key={each} value={each}>
                {categoryWords(t, each)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <ol className={styles.steps} aria-label={t('procedures.steps')}>
        {steps.map((step, place) => (
          <li key={place} className={styles.step}>
            <span className={styles.number}>{place + 1}</span>
            <TextInput
              dir="auto"
              aria-label={t('procedures.step', { number: place + 1 })}
              value={draftWords(i18n.language, step)}
              onChange={({ currentTarget }) => onChange(withStep(draft, place, currentTarget.value.slice(0, most)))}
            />
            <Button
              look="quiet"
              icon
              aria-label={t('procedures.up', { number: place + 1 })}
              disabled={place === 0}
              onClick={() => onChange(moveStep(draft, place, -1))}
            >
              <ArrowUp aria-hidden />
            </Button>
            <Button
              look="quiet"
              icon
              aria-label={t('procedures.down', { number: place + 1 })}
              disabled={place === steps.length - 1}
              onClick={() => onChange(moveStep(draft, place, 1))}
            >
              <ArrowDown aria-hidden />
            </Button>
            <Button
              look="quiet"
              icon
              aria-label={t('procedures.remove-step', { number: place + 1 })}
              onClick={() => onChange(withoutStep(draft, place))}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ol>
      <div className={styles.below}>
        <Button disabled={steps.length >= mostSteps} onClick={() => onChange(addStep(draft))}>
          {t('procedures.add-step')}
        </Button>
        <Button look="quiet" onClick={onRemove}>
          {t('procedures.remove')}
        </Button>
      </div>
    </div>
  );
}
