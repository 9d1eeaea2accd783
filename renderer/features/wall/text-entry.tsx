import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TileContent } from '../../../core/wall/tile-content.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { Button } from '../../ui/button.tsx';
import { changeWall } from './change-wall.ts';
import styles from './text-entry.module.css';
import type { WallClient } from './wall-client.ts';

const mostCharacters = 500;

interface TextEntryProps {
  readonly client: WallClient;
  readonly at: TilePlace;
  readonly content: TileContent;
}

/** Writes a text into the tile. */
export function TextEntry({ client, at, content }: TextEntryProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(content.kind === 'text' ? content.text : '');
  const written = text.trim();
  const same = content.kind === 'text' && content.text === written;

  function show(event: FormEvent): void {
    event.preventDefault();
    if (written !== '' && !same) void changeWall(client, { type: 'put', at, content: { kind: 'text', text: written } });
  }
  return (
    <form className={styles.entry} onSubmit={show}>
      <textarea
        className={styles.text}
        aria-label={t('wall.text')}
        placeholder={t('wall.text')}
        rows={2}
        maxLength={mostCharacters}
        dir="auto"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit" aria-disabled={written === '' || same || undefined}>
        {t('wall.show-text')}
      </Button>
    </form>
  );
}
