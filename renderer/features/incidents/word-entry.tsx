import { type ComponentProps, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { TextInput } from '../../ui/field.tsx';
import styles from './incident-page.module.css';

interface WordEntryProps extends Pick<ComponentProps<'input'>, 'inputMode' | 'autoFocus'> {
  readonly label: string;
  readonly button: string;
  readonly most: number;
  /** What stands there at first. */
  readonly value?: string;
  readonly look?: ComponentProps<typeof Button>['look'];
  /** What was typed, without blanks around it; never empty. True where it was taken: then the line is empty again. */
  readonly onSend: (words: string) => Promise<boolean>;
  /** Leaves it as it was: a button of its own, and Escape, which then closes nothing else. */
  readonly onCancel?: () => void;
}

/** One line of words and the button that sends them. */
export function WordEntry({ label, button, most, value = '', look = 'plain', onSend, onCancel, ...rest }: WordEntryProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState(value);
  const text = words.trim();
  const send = async () => {
    if (text !== '' && (await onSend(text))) setWords('');
  };
  return (
    <form
      className={styles.entry}
      onKeyDown={(event) => {
        if (!onCancel || event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextInput
        aria-label={label}
        placeholder={label}
        value={words}
        dir="auto"
        onChange={({ currentTarget }) => setWords(currentTarget.value.slice(0, most))}
        {...rest}
      />
      <Button type="submit" look={look} disabled={text === ''}>
        {button}
      </Button>
      {onCancel && <Button onClick={onCancel}>{t('incidents.cancel')}</Button>}
    </form>
  );
}
