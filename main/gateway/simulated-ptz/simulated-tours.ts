import type { Clock } from '../../ports/clock.ts';
import { escapeXml } from '../../protocols/onvif/xml-text.ts';
import type { Behaviour } from './behaviour.ts';
import { Refusal } from './refusal.ts';

/** A tour that a simulated camera keeps: presets by their tokens, and how long it looks at each, ms. */
export interface SimulatedTour {
  readonly name: string;
  readonly presets: readonly string[];
  readonly stayMs: number;
}

/** The tours of one device. A move by hand ends none of them: the next step is taken all the same, unless it was paused or stopped. */
export interface SimulatedTours {
  readonly count: number;
  /** XML of the answer to GetPresetTours. */
  list(): string;
  /** XML of the answer to OperatePresetTour. Throws `Refusal`. */
  operate(token: string, operation: string, behaviour: Behaviour): string;
  close(): void;
}

interface Running {
  readonly token: string;
  step: number;
  isPaused: boolean;
}

export function createSimulatedTours(ports: {
  readonly clock: Clock;
  readonly tours: readonly SimulatedTour[];
  /** Turns the head to a preset; says how long that takes, ms; null: it is not there any more. */
  send(preset: string): number | null;
  halt(): void;
}): SimulatedTours {
  const { clock } = ports;
  const tours = new Map(ports.tours.map((tour, index) => [`tour-${index + 1}`, tour]));
  let running: Running | null = null;
  let callOff = () => {};

  function step(of: Running): void {
    const tour = tours.get(of.token);
    const preset = tour?.presets[of.step % tour.presets.length];
    if (tour === undefined || preset === undefined) return;
    const wayMs = ports.send(preset) ?? 0;
    callOff();
    callOff = clock.after(wayMs + tour.stayMs, () => {
      of.step += 1;
      step(of);
    });
  }

  function start(token: string): void {
    if (running?.token !== token) running = { token, step: 0, isPaused: false };
    running.isPaused = false;
    step(running);
  }

  function stateOf(token: string): string {
    if (running?.token !== token) return 'Idle';
    return running.isPaused ? 'Paused' : 'Touring';
  }

  return {
    count: tours.size,
    list() {
      const each = [...tours].map(
        ([token, { name, presets, stayMs }]) =>
          `<tptz:PresetTour token="${token}"><tt:Name>${escapeXml(name)}</tt:Name><tt:Status><tt:State>${stateOf(token)}</tt:State></tt:Status><tt:AutoStart>false</tt:AutoStart><tt:StartingCondition/>${presets
            .map(
              (preset) =>
                `<tt:TourSpot><tt:PresetDetail><tt:PresetToken>${escapeXml(preset)}</tt:PresetToken></tt:PresetDetail><tt:StayTime>PT${stayMs / 1_000}S</tt:StayTime></tt:TourSpot>`,
            )
            .join('')}</tptz:PresetTour>`,
      );
      return `<tptz:GetPresetToursResponse>${each.join('')}</tptz:GetPresetToursResponse>`;
    },
    operate(token, operation, behaviour) {
      if (!tours.has(token)) throw new Refusal('NoToken', 'no such tour');
      if (operation === 'Start') {
        if (behaviour.noTourStart) throw new Refusal('ActivationFailed', 'the tour cannot be started');
        start(token);
      } else {
        if (operation === 'Pause' && behaviour.noTourPause) throw new Refusal('ActionNotSupported', 'no pause');
        if (running?.token !== token) throw new Refusal('ActivationFailed', 'the tour does not run');
        callOff();
        ports.halt();
        if (operation === 'Pause') running.isPaused = true;
        else running = null;
      }
      return '<tptz:OperatePresetTourResponse/>';
    },
    close: () => callOff(),
  };
}
