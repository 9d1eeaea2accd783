declare global {
  interface Window {
    /** Trusted Types, as far as they are used here; a TrustedScriptURL is taken where an address is. */
    readonly trustedTypes?: {
      createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
    };
  }
}

let policy: { createScriptURL(url: string): string } | undefined;

/**
 * Browsers with Trusted Types take a worker's address only from a policy, and the page's rules allow one policy. Ours passes the addresses of
 * this program's own files, which is what the bundler gives, and no other.
 */
export function trustedAddress(address: string): string {
  policy ??= window.trustedTypes?.createPolicy('deedban', {
    createScriptURL: (url) => (new URL(url, location.href).origin === location.origin ? url : ''),
  });
  return policy?.createScriptURL(address) ?? address;
}
