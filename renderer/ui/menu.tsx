import { ContextMenu as BaseContext } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import styles from './popup.module.css';

interface MenuProps {
  /** The button that opens it, for example `<Button>…</Button>`. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
}

/** A button that opens a menu of `MenuItem`, `MenuChoice` and `MenuSeparator`. */
export function Menu({ trigger, children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} sideOffset={4} align="start">
          <Base.Popup className={styles.menu}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** The same menu by a secondary press on (or the menu key at) what is inside `area`. */
export function ContextMenu({ area, children }: { readonly area: ReactElement; readonly children: ReactNode }) {
  return (
    <BaseContext.Root>
      <BaseContext.Trigger render={area as ReactElement<Record<string, unknown>>} />
      <BaseContext.Portal>
        <BaseContext.Positioner className={styles.positioner}>
          <BaseContext.Popup className={styles.menu}>{children}</BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  );
}

interface MenuItemProps {
  readonly onChoose: () => void;
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  /** At the far end, for example a `KeyHint`. */
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
  readonly danger?: boolean;
}

export function MenuItem({ onChoose, children, icon, hint, disabled = false, danger = false }: MenuItemProps) {
  return (
    <Base.Item className={`${styles.item} ${danger ? styles.danger : ''}`} disabled={disabled} onClick={onChoose}>
      {icon}
      <span className={styles.itemWords}>{children}</span>
      {hint}
    </Base.Item>
  );
}

interface MenuChoiceProps<T extends string> {
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly words: ReactNode; readonly lang?: string }[];
  readonly onChange: (value: T) => void;
  readonly label: string;
}

/** One of several, marked. */
export function MenuChoice<T extends string>({ value, choices, onChange, label }: MenuChoiceProps<T>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      {choices.map((choice) => (
        <Base.RadioItem className={styles.item} key={choice.value} value={choice.value} lang={choice.lang} closeOnClick>
          <span className={styles.mark}>
            <Base.RadioItemIndicator>
              <Check aria-hidden />
            </Base.RadioItemIndicator>
          </span>
          <span className={styles.itemWords}>{choice.words}</span>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export const MenuSeparator = () => <Base.Separator className={styles.separator} />;
