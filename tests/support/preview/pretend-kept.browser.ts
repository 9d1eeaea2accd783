/** What windows put and get by address: stills and miniatures, kept as long as the page lives. */
export interface PretendKept {
  /** The answer to a request below `/stills/` or `/miniatures/`; null for any other path. */
  answer(method: string, path: string, body: unknown): Promise<Response> | null;
}

/** `onMiniature` hears of a display's new miniature and how many there were. */
export function createPretendKept(onMiniature: (displayId: string, revision: number) => void): PretendKept {
  const stills = new Map<string, Blob>();
  const miniatures = new Map<string, { readonly picture: Blob; readonly revision: number }>();
  const found = (picture: Blob | undefined) => (picture ? new Response(picture) : new Response(null, { status: 404 }));

  async function still(method: string, digest: string, body: unknown): Promise<Response> {
    if (method === 'GET') return found(stills.get(digest));
    if (!(body instanceof Blob)) return new Response(null, { status: 400 });
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await body.arrayBuffer()));
    const made = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    stills.set(made, body);
    return Response.json({ digest: made });
  }
  async function miniature(method: string, displayId: string, body: unknown): Promise<Response> {
    if (method === 'GET') return found(miniatures.get(displayId)?.picture);
    if (!(body instanceof Blob)) return new Response(null, { status: 400 });
    const revision = (miniatures.get(displayId)?.revision ?? 0) + 1;
    miniatures.set(displayId, { picture: body, revision });
    onMiniature(displayId, revision);
    return new Response(null, { status: 204 });
  }
  return {
    answer(method, path, body) {
      const [, front, name = ''] = path.split('/');
      if (front === 'stills') return still(method, name, body);
      return front === 'miniatures' ? miniature(method, decodeURIComponent(name), body) : null;
    },
  };
}
