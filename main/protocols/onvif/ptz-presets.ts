import { OnvifFailure } from './onvif-failure.ts';
import type { OnvifSession } from './onvif-session.ts';
import type { PtzMount } from './ptz-service.ts';
import { childrenOf, textOf } from './read-xml.ts';
import { escapeXml, numberText } from './xml-text.ts';

/** A preset as the device keeps it. Names may be equal or empty; the token is what tells presets apart (ONVIF PTZ §5.4). */
export interface DevicePreset {
  readonly token: string;
  readonly name: string;
}
type Mount = Pick<PtzMount, 'profile'>;

const mostPresets = 1_000;
const profileXml = ({ profile }: Mount) => `<tptz:ProfileToken>${escapeXml(profile)}</tptz:ProfileToken>`;
const presetXml = (token: string) => `<tptz:PresetToken>${escapeXml(token)}</tptz:PresetToken>`;

/** In the device's order, at most 1,000; equal names stay apart, a token that comes twice counts once. */
export async function readPresets(session: OnvifSession, mount: Mount): Promise<readonly DevicePreset[]> {
  const answer = await session.ask('ptz', 'GetPresets', `<tptz:GetPresets>${profileXml(mount)}</tptz:GetPresets>`);
  const found = new Map<string, DevicePreset>();
  for (const preset of childrenOf(answer, 'Preset')) {
    const token = preset.attributes['token'] ?? '';
    if (token === '' || token.length > 100 || found.has(token) || found.size >= mostPresets) continue;
    found.set(token, { token, name: textOf(preset, 'Name').slice(0, 120) });
  }
  return [...found.values()];
}

/** Saves where it looks now; a `token` that exists is overwritten. Resolves with the token the device gave. */
export async function setPreset(session: OnvifSession, mount: Mount, name: string, token: string | null): Promise<string> {
  const body = `<tptz:SetPreset>${profileXml(mount)}<tptz:PresetName>${escapeXml(name)}</tptz:PresetName>${token === null ? '' : presetXml(token)}</tptz:SetPreset>`;
  const given = textOf(await session.ask('ptz', 'SetPreset', body), 'PresetToken') || token;
  if (given === null || given.length > 100)
    throw new OnvifFailure('not-understood', 'the camera did not say which preset it saved');
  return given;
}

export async function removePreset(session: OnvifSession, mount: Mount, token: string): Promise<void> {
  await session.ask('ptz', 'RemovePreset', `<tptz:RemovePreset>${profileXml(mount)}${presetXml(token)}</tptz:RemovePreset>`);
}

/** `speed`: part of the device's own; null: as it likes. */
export async function gotoPreset(session: OnvifSession, mount: Mount, token: string, speed: number | null): Promise<void> {
  const part = speed === null ? '' : numberText(Math.min(1, Math.max(0, speed)));
  const speedXml = speed === null ? '' : `<tptz:Speed><tt:PanTilt x="${part}" y="${part}"/><tt:Zoom x="${part}"/></tptz:Speed>`;
  await session.ask('ptz', 'GotoPreset', `<tptz:GotoPreset>${profileXml(mount)}${presetXml(token)}${speedXml}</tptz:GotoPreset>`);
}
