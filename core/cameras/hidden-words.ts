/**
 * Values of a path or query that are secrets, as some cameras want them (`?user=admin&password=…`, `/user=admin_password=…_channel=1`). A value
 * ends before `&`, `;`, `/`, `?` or the next `_name=`.
 */
const secretValue = /((?:^|[^a-z])(?:password|passwd|passphrase|pass|pwd|secret|token|jwt)=)((?:(?!_[a-z]+=)[^&;/?])*)/gi;
/** What stands in the place of the first, second … secret. */
const placeholder = /^\*\d{1,2}\*$/;
const everyPlaceholder = /\*(\d{1,2})\*/g;

/** Takes the secrets out of a path. Where a placeholder stands already its secret is not known here. */
export function hideWords(path: string): { readonly path: string; readonly hidden: readonly string[] } {
  const hidden: string[] = [];
  const shown = path.replaceAll(secretValue, (whole: string, before: string, value: string) => {
    if (value === '' || placeholder.test(value)) return whole;
    hidden.push(value);
    return `${before}*${hidden.length}*`;
  });
  return { path: shown, hidden };
}

/** The address with its secrets in it: for the request itself, and for nothing else. */
export function revealWords({ url, hidden = [] }: { readonly url: string; readonly hidden?: readonly string[] }): string {
  return hidden.length === 0
    ? url
    : url.replaceAll(everyPlaceholder, (whole: string, at: string) => hidden[Number(at) - 1] ?? whole);
}
