import { Field as Base } from '@base-ui/react/field';
import type { ComponentProps, ReactNode } from 'react';
import styles from './field.module.css';

interface FieldProps {
  readonly label: ReactNode;
  /** What is wrong with what was typed; read out with the control. */
  readonly problem?: string | null;
  /** More about it, always there. */
  readonly hint?: ReactNode;
  /** A `TextInput`, or another control inside. */
  readonly children: ReactNode;
}

/** A control with its label, hint and problem joined for everybody. */
export function Field({ label, problem = null, hint, children }: FieldProps) {
  return (
    <Base.Root className={styles.field} invalid={problem !== null}>
      <Base.Label className={styles.label}>{label}</Base.Label>
      {children}
      {hint !== undefined && <Base.Description className={styles.hint}>{hint}</Base.Description>}
      {problem !== null && (
        <Base.Error className={styles.problem} match>
          {problem}
        </Base.Error>
      )}
    </Base.Root>
  );
}

/** A line of text; inside a `Field` it gets its label and description. */
export function TextInput({
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'defaultValue' | 'className'> & { readonly className?: string }) {
  return <Base.Control className={[styles.input, className ?? ''].filter(Boolean).join(' ')} {...rest} />;
}
