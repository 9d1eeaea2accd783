import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ListedPreset } from '../../../core/ptz/ptz.contract.ts';
import styles from './preset-picture.module.css';
import { ptzView } from './ptz-view.ts';

/** What the camera showed when this preset was saved, with its number; without a picture the number alone, in the same place. */
export function PresetPicture({ preset: { number, picture } }: { readonly preset: Pick<ListedPreset, 'number' | 'picture'> }) {
  const place = useRef<HTMLSpanElement>(null);
  const url = usePicture(place, picture);
  return (
    <span ref={place} className={styles.place} data-picture={url === null ? 'none' : 'there'}>
      {url !== null && <img className={styles.image} src={url} alt="" />}
      <b className={styles.number}>{number ?? '–'}</b>
    </span>
  );
}

/** The picture as an address of this page; asked for once its place is to be seen. What cannot be had is not there. */
function usePicture(place: { readonly current: Element | null }, digest: string | null): string | null {
  const byAddress = useStore(ptzView, (view) => view.byAddress);
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const element = place.current;
    if (digest === null || byAddress === null || element === null) return;
    const leaving = new AbortController();
    let made: string | null = null;
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      seen.disconnect();
      byAddress
        .get(`/preset-pictures/${digest}`, leaving.signal)
        .then((answer) => answer.blob())
        .then((blob) => {
          if (leaving.signal.aborted) return;
          made = URL.createObjectURL(blob);
          setUrl(made);
        })
        .catch(() => {});
    });
    seen.observe(element);
    return () => {
      leaving.abort();
      seen.disconnect();
      if (made !== null) URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [place, digest, byAddress]);
  return url;
}
