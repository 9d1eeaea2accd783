import { OnvifFailure } from './onvif-failure.ts';
import type { OnvifSession } from './onvif-session.ts';
import type { NumberRange } from './ptz-node.ts';
import { intoRange, intoWhole } from './ptz-vector.ts';
import { child, childrenOf, numberOf, textOf, type XmlElement } from './read-xml.ts';
import { escapeXml, numberText } from './xml-text.ts';

/** What a picture's source can do (ONVIF Imaging §5.1). */
export interface LensOptions {
  /** Speeds of a continuous focus move; null: it has none. */
  readonly focusSpeed: NumberRange | null;
  readonly autoFocus: boolean;
  /** Attenuation of the iris in dB; null: it cannot be set. */
  readonly iris: NumberRange | null;
  readonly autoExposure: boolean;
}

const sourceXml = (source: string) => `<timg:VideoSourceToken>${escapeXml(source)}</timg:VideoSourceToken>`;

export async function readLensOptions(session: OnvifSession, source: string): Promise<LensOptions> {
  const [options, moves] = await Promise.all([
    session.ask('imaging', 'GetOptions', `<timg:GetOptions>${sourceXml(source)}</timg:GetOptions>`),
    session
      .ask('imaging', 'GetMoveOptions', `<timg:GetMoveOptions>${sourceXml(source)}</timg:GetMoveOptions>`)
      .catch(unlessRefused),
  ]);
  const imaging = child(options, 'ImagingOptions');
  const has = (element: XmlElement | undefined, name: string, value: string) =>
    childrenOf(element, name).some(({ text }) => text.toUpperCase() === value);
  return {
    focusSpeed: rangeOf(child(moves, 'MoveOptions', 'Continuous', 'Speed')),
    autoFocus: has(child(imaging, 'Focus'), 'AutoFocusModes', 'AUTO'),
    iris: rangeOf(child(imaging, 'Exposure', 'Iris')),
    autoExposure: has(child(imaging, 'Exposure'), 'Mode', 'AUTO'),
  };
}

/** A continuous focus move (Imaging §5.2.1): from -1 (near) to 1 (far). */
export async function moveFocus(session: OnvifSession, source: string, speed: number, range: NumberRange): Promise<void> {
  const body = `<timg:Move>${sourceXml(source)}<timg:Focus><tt:Continuous><tt:Speed>${numberText(intoRange(speed, range))}</tt:Speed></tt:Continuous></timg:Focus></timg:Move>`;
  await session.ask('imaging', 'Move', body);
}

export async function stopFocus(session: OnvifSession, source: string): Promise<void> {
  await session.ask('imaging', 'Stop', `<timg:Stop>${sourceXml(source)}</timg:Stop>`, { urgent: true });
}

export async function setFocusMode(session: OnvifSession, source: string, mode: 'AUTO' | 'MANUAL'): Promise<void> {
  await setImaging(session, source, `<tt:Focus><tt:AutoFocusMode>${mode}</tt:AutoFocusMode></tt:Focus>`);
}

/** `open`: part of the iris' range, 0 (closed) to 1; the device knows attenuation, which is the other way round. Null: automatic. */
export async function setIris(session: OnvifSession, source: string, open: number | null, range: NumberRange): Promise<void> {
  const how =
    open === null
      ? '<tt:Mode>AUTO</tt:Mode>'
      : `<tt:Mode>MANUAL</tt:Mode><tt:Iris>${numberText(intoWhole(1 - open, range))}</tt:Iris>`;
  await setImaging(session, source, `<tt:Exposure>${how}</tt:Exposure>`);
}

async function setImaging(session: OnvifSession, source: string, settings: string): Promise<void> {
  const body = `<timg:SetImagingSettings>${sourceXml(source)}<timg:ImagingSettings>${settings}</timg:ImagingSettings><timg:ForcePersistence>false</timg:ForcePersistence></timg:SetImagingSettings>`;
  await session.ask('imaging', 'SetImagingSettings', body);
}

function rangeOf(range: XmlElement | undefined): NumberRange | null {
  const min = numberOf(textOf(range, 'Min'));
  const max = numberOf(textOf(range, 'Max'));
  return min === null || max === null || min > max ? null : { min, max };
}

/** A device whose focus cannot be moved may still have an iris. */
function unlessRefused(error: unknown): undefined {
  if (error instanceof OnvifFailure && (error.code === 'fault' || error.code === 'not-able')) return undefined;
  throw error;
}
