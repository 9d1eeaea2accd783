import styles from './tile-text.module.css';

/** A text that somebody put into a tile; as large as its length lets it be read from afar. */
export function TileText({ text }: { readonly text: string }) {
  const size = text.length <= 24 ? 'large' : text.length <= 120 ? 'middle' : 'small';
  return (
    <p className={styles.text} data-size={size} dir="auto">
      {text}
    </p>
  );
}
