import { z } from 'zod';
import type { Transport } from '../../../core/rpc/transport.ts';
import type { Admission, Program } from '../../../main/program.ts';

const saidSchema = z.object({
  href: z.string(),
  visible: z.string(),
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
  history: z.number(),
  cookie: z.string(),
  violations: z.array(z.string()),
});

export interface Admitted {
  readonly admission: Admission;
  readonly transport: Transport;
  readonly texts: string[];
  closed: boolean;
  /** What the test page said last. */
  said(): z.infer<typeof saidSchema> | null;
}

export interface FakeProgram extends Program {
  readonly admitted: Admitted[];
  readonly asked: { readonly request: Request; readonly windowIds: readonly string[] }[];
  /** The windows that are connected now. */
  open(): Admitted[];
  answerByAddress: (request: Request) => Promise<Response>;
}

/** The services in small: keeps who was let in, what they said, and everything that was asked by address. */
export function createFakeProgram(): FakeProgram {
  const admitted: Admitted[] = [];
  const program: FakeProgram = {
    admitted,
    asked: [],
    open: () => admitted.filter((window) => !window.closed),
    answerByAddress: () => Promise.resolve(new Response('v=0', { status: 201, headers: { location: '/whep/a/main/1' } })),
    admit(transport, admission) {
      const texts: string[] = [];
      const window: Admitted = {
        admission,
        transport,
        texts,
        closed: false,
        said: () => {
          const last = texts.at(-1);
          return last === undefined ? null : saidSchema.parse(JSON.parse(last));
        },
      };
      transport.onText((text) => texts.push(text));
      transport.onClose(() => {
        window.closed = true;
      });
      admitted.push(window);
    },
    byAddress(request, windowIds) {
      program.asked.push({ request, windowIds });
      return program.answerByAddress(request);
    },
    close: () => Promise.resolve(),
  };
  return program;
}
