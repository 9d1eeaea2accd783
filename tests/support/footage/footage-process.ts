import { z } from 'zod';
import type { Recording } from '../../gateway/support/recording.ts';
import { footageCount, isFootageKind, numberedFootage } from './numbered-footage.ts';
import { startFootageServer } from './footage-server.ts';

const manners = z.enum(['plays', 'silent', 'frozen', 'looping']);
const askedSchema = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('behave'), cameras: z.array(z.int()).nullable(), manner: manners }),
  z.strictObject({ ask: z.literal('cut'), refuse: z.boolean() }),
  z.strictObject({ ask: z.literal('sent'), id: z.int(), cameras: z.array(z.int()) }),
]);

/** The footage server as a process of its own: what measures must not hold up what it measures. */
const kept = new Map<string, Promise<Recording>>();
const server = await startFootageServer(
  (camera, kind) => {
    const footage = camera % footageCount;
    const name = `${footage} ${kind}`;
    const recording = kept.get(name) ?? numberedFootage(footage, isFootageKind(kind) ? kind : '360p');
    kept.set(name, recording);
    return recording;
  },
  { port: Number(process.argv[2] ?? 0) },
);
process.on('message', (message: unknown) => {
  const asked = askedSchema.parse(message);
  if (asked.ask === 'behave') server.behave(asked.cameras, asked.manner);
  else if (asked.ask === 'cut') server.cut(asked.refuse);
  else process.send?.({ id: asked.id, sent: asked.cameras.map((camera) => server.sentUs(camera)) });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: server.port });
