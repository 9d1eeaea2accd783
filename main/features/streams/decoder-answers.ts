import type { Session } from '../../../core/rpc/handlers.ts';
import type { DecoderAnswer, DecoderKind, DecoderQuestion } from '../../../core/streams/decoder-question.ts';
import type { Clock } from '../../ports/clock.ts';
import { wholeWall } from '../../../core/wall/first-wall.ts';

/** Of each kind of picture and browser one; the oldest is forgotten first. */
const mostAnswers = 128;
const mostAsked = 64;
/** Windows that wait for one answer; who comes then asks by itself. */
const mostWaiting = 64;
/** A window that was told to ask and does not tell by then is taken for stuck (ms): below the time limit of the call. */
const askedForMs = 2_000;

interface Waiting {
  readonly session: Session;
  readonly hear: (answer: DecoderAnswer) => void;
}
interface Asked {
  readonly by: Session;
  readonly ticket: number;
  readonly waiting: readonly Waiting[];
  readonly stop: () => void;
}

/** What the browsers of this program's windows answered: one window asks, the others hear what it heard. */
export interface DecoderAnswers {
  answer(question: DecoderQuestion, session: Session): Promise<DecoderAnswer>;
  /** What the window with this ticket was told by its browser. A ticket that is not good any more is ignored. */
  found(ticket: number, decoder: DecoderKind, session: Session): void;
  sessionEnded(session: Session): void;
  close(): void;
}

export function createDecoderAnswers(clock: Pick<Clock, 'after'>): DecoderAnswers {
  const known = new Map<string, DecoderKind>();
  const asked = new Map<string, Asked>();
  let lastTicket = 0;

  function order(key: string, by: Session, waiting: readonly Waiting[]): DecoderAnswer {
    lastTicket += 1;
    const ticket = lastTicket;
    asked.set(key, { by, ticket, waiting, stop: clock.after(askedForMs, () => passOn(key)) });
    return { what: 'ask', ticket };
  }

  /** Who was told to ask does not tell: the next one is told to. */
  function passOn(key: string): void {
    const before = asked.get(key);
    if (!before) return;
    before.stop();
    asked.delete(key);
    const [next, ...waiting] = before.waiting;
    next?.hear(order(key, next.session, waiting));
  }

  return {
    answer(question, session) {
      const browser = browserOf(question, session);
      if (question.lost) {
        for (const key of [...known.keys()]) if (key.startsWith(browser)) known.delete(key);
        // What is on its way may be of the time before.
        for (const key of [...asked.keys()]) if (key.startsWith(browser)) passOn(key);
      }
      const key = `${browser}${question.contentType}\n${question.width}x${question.height}`;
      const decoder = known.get(key);
      if (decoder !== undefined) return Promise.resolve({ what: 'known', decoder });
      const before = asked.get(key);
      if (before && before.by !== session && before.waiting.length < mostWaiting) {
        return new Promise((hear) => {
          asked.set(key, { ...before, waiting: [...before.waiting, { session, hear }] });
        });
      }
      before?.stop();
      if (!before && asked.size >= mostAsked) passOn([...asked.keys()][0] ?? '');
      return Promise.resolve(order(key, session, before?.waiting ?? []));
    },
    found(ticket, decoder, session) {
      for (const [key, { by, ticket: own, waiting, stop }] of asked) {
        if (own !== ticket || by !== session) continue;
        stop();
        asked.delete(key);
        known.set(key, decoder);
        for (const oldest of known.keys()) if (known.size > mostAnswers) known.delete(oldest);
        for (const { hear } of waiting) hear({ what: 'known', decoder });
        return;
      }
    },
    sessionEnded(session) {
      for (const [key, each] of asked) {
        asked.set(key, { ...each, waiting: each.waiting.filter((one) => one.session !== session) });
        if (each.by === session) passOn(key);
      }
    },
    close() {
      for (const { stop } of asked.values()) stop();
      asked.clear();
      known.clear();
    },
  };
}

/** A browser that somebody opened at the printed address may be another one than that of our own windows, of the same name. */
function browserOf({ browser }: DecoderQuestion, { displayId }: Session): string {
  return `${displayId === wholeWall ? 'a browser of its own' : 'our windows'}\n${browser}\n`;
}
