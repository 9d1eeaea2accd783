import type { ReactNode } from 'react';
import styles from './not-live.module.css';

interface NotLiveProps {
  /** `quiet`: nothing is wrong, there is no picture yet; then it has neither frame nor hatch. */
  readonly tone: string;
  /** Pictures go on, or somebody asked to see this one: it stays as it is, with the words at its lower edge. Else it is old, and lies under a hatch. */
  readonly goesOn: boolean;
  readonly word: ReactNode;
  /** How old it is, counting; null where there is nothing that could age. */
  readonly age: ReactNode | null;
  /** What is the matter, and what is done about it. */
  readonly reason?: ReactNode | null;
}

/** What lies over every picture that is not live, whatever the reason: a frame that no live one has, a word in large type, its age, and why. */
export function NotLive({ tone, goesOn, word, age, reason = null }: NotLiveProps) {
  return (
    <div className={styles.over} data-tone={tone} data-goes-on={goesOn || undefined}>
      <p className={styles.word}>{word}</p>
      {age !== null && <p className={styles.age}>{age}</p>}
      {reason !== null && <p className={styles.reason}>{reason}</p>}
    </div>
  );
}
