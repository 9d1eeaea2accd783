import type { ComponentProps } from 'react';
import styles from './button.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `plain` has a frame, `quiet` has none, `primary` is the one thing to do, `danger` cannot be taken back. */
  readonly look?: 'plain' | 'quiet' | 'primary' | 'danger';
  /** Only an icon inside: square. It needs an `aria-label`. */
  readonly icon?: boolean;
}

/** A button in one of the four looks of the house. */
export function Button({ look = 'plain', icon = false, className, ...rest }: ButtonProps) {
  const classes = [styles.button, styles[look], icon ? styles.icon : '', className ?? ''].filter(Boolean).join(' ');
  return <button type="button" className={classes} {...rest} />;
}
