import { magnificationAt } from '../../../core/ptz/lens.ts';
import { child, numberOf, textOf, type XmlElement } from '../../protocols/onvif/read-xml.ts';
import { durationMs, escapeXml } from '../../protocols/onvif/xml-text.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Behaviour } from './behaviour.ts';
import {
  drivenHead,
  type Head,
  headAt,
  type HeadPosition,
  isTurning,
  sentHead,
  stillHead,
  stoppedHead,
  travelMs,
  usualLens,
  widestHalf,
} from './ptz-head.ts';
import { Refusal } from './refusal.ts';
import * as say from './simulated-answers.ts';
import { createSimulatedTours, type SimulatedTour } from './simulated-tours.ts';

/** Most that one simulated camera keeps. */
export const mostSimulatedPresets = 100;
/** A move without a timeout goes on for so long, ms: what this camera's own default is. */
export const defaultTimeoutMs = 60_000;
/** Most that one order makes the picture larger by. */
const mostTimes = 100;

/** What a simulated camera looks through. */
export interface SimulatedLens {
  /** At full zoom. */
  readonly magnification: number;
  /** Its focal lengths are among what it says of itself. */
  readonly tellsMillimetres: boolean;
  /** It can be told how many times larger the picture is to become. */
  readonly zoomsByPicture?: boolean;
  /** It knows no parts of a picture, and tells how far it turns in degrees. */
  readonly tellsDegrees?: boolean;
}

/** The device behind the wire: its head, its presets, and what it answers to each order. */
export interface SimulatedCamera {
  position(): HeadPosition;
  isMoving(): boolean;
  head(): Head;
  /** Carries out one request of a SOAP body, and gives the XML of the answer's body. Throws `Refusal`. */
  answer(request: XmlElement, behaviour: Behaviour, origin: string): string;
  /** Ends a tour that runs. */
  close(): void;
}

export function createSimulatedCamera(ports: {
  readonly clock: Clock;
  readonly serial: string;
  readonly streamUrl?: string;
  readonly presets: readonly { readonly name: string; readonly position: HeadPosition }[];
  readonly tours?: readonly SimulatedTour[];
  readonly lens?: SimulatedLens;
  /** The head was told something else, by itself: its tour went on. */
  toured?(): void;
}): SimulatedCamera {
  const { clock } = ports;
  const lens = ports.lens ?? { magnification: usualLens, tellsMillimetres: false };
  let head: Head = stillHead({ pan: 0, tilt: 0, zoom: 0 }, clock.monotonicMs(), lens.magnification);
  let home: HeadPosition = { pan: 0, tilt: 0, zoom: 0 };
  let lastToken = ports.presets.length;
  const presets = new Map(ports.presets.map((preset, index) => [String(index + 1), preset]));
  const now = () => clock.monotonicMs();
  const profileOnly = (request: XmlElement) => {
    if (textOf(request, 'ProfileToken') !== 'main') throw new Refusal('NoProfile', 'no such profile');
  };

  const tours = createSimulatedTours({
    clock,
    tours: ports.tours ?? [],
    send(token) {
      const to = presets.get(token)?.position;
      if (to === undefined) return null;
      const wayMs = travelMs(headAt(head, now()), to);
      head = sentHead(head, to, now());
      ports.toured?.();
      return wayMs;
    },
    halt() {
      head = stoppedHead(head, now());
    },
  });

  function setPreset(request: XmlElement, behaviour: Behaviour): string {
    const given = textOf(request, 'PresetToken');
    if (given !== '' && !presets.has(given)) throw new Refusal('NoToken', 'no such preset');
    if (given === '' && presets.size >= mostSimulatedPresets) throw new Refusal('TooManyPresets', 'no room for another preset');
    if (given === '') lastToken += 1;
    const token = given || String(lastToken);
    const name = behaviour.equalPresetNames ? 'Preset' : textOf(request, 'PresetName').slice(0, 64) || `Preset ${token}`;
    presets.set(token, { name, position: headAt(head, now()) });
    return `<tptz:SetPresetResponse><tptz:PresetToken>${token}</tptz:PresetToken></tptz:SetPresetResponse>`;
  }

  function gotoPreset(request: XmlElement): string {
    const preset = presets.get(textOf(request, 'PresetToken'));
    if (preset === undefined) throw new Refusal('NoToken', 'no such preset');
    head = sentHead(head, preset.position, now());
    return '<tptz:GotoPresetResponse/>';
  }

  function relative(request: XmlElement): string {
    const translation = child(request, 'Translation');
    const isFov = (element: string) => (child(translation, element)?.attributes['space'] ?? '').endsWith('TranslationSpaceFov');
    const by = vectorIn(translation, { pan: 0, tilt: 0, zoom: 0 }, isFov('Zoom') ? mostTimes : 1);
    const from = headAt(head, now());
    const magnification = magnificationAt(from.zoom, lens.magnification);
    // 1 is half a picture, whose angle shrinks with the magnification.
    const part = isFov('PanTilt') ? widestHalf / magnification : 1;
    const zoomed = isFov('Zoom') ? (magnification * by.zoom - 1) / (lens.magnification - 1) : from.zoom + by.zoom;
    head = sentHead(head, { pan: from.pan + by.pan * part, tilt: from.tilt + by.tilt * part, zoom: zoomed }, now());
    return '<tptz:RelativeMoveResponse/>';
  }

  return {
    position: () => headAt(head, now()),
    isMoving: () => isTurning(head, now()),
    head: () => head,
    answer(request, behaviour, origin) {
      const cameraUtcMs = clock.utcMs() + behaviour.clockAheadMs;
      switch (request.name) {
        case 'GetSystemDateAndTime':
          return say.systemTime(cameraUtcMs);
        case 'SetSystemDateAndTime':
          return '<tds:SetSystemDateAndTimeResponse/>';
        case 'GetServices':
          return say.services(origin);
        case 'GetDeviceInformation':
          return say.deviceInformation(ports.serial);
        case 'GetProfiles':
          return say.profiles();
        case 'GetStreamUri':
          return `<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>${escapeXml(ports.streamUrl ?? `rtsp://user:planted@127.0.0.1:8554/${ports.serial}`)}</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>`;
        case 'GetSnapshotUri':
          return `<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>${origin}/snapshot</tt:Uri></trt:MediaUri></trt:GetSnapshotUriResponse>`;
        case 'GetNodes':
          return say.nodes(mostSimulatedPresets, tours.count, lens);
        case 'GetConfigurations':
          return say.configurations();
        case 'GetConfigurationOptions':
          return say.configurationOptions();
        case 'GetOptions':
          return say.lensOptions();
        case 'GetMoveOptions':
          return say.lensMoveOptions();
        case 'Move':
        case 'SetImagingSettings':
          return `<timg:${request.name}Response/>`;
        case 'SendAuxiliaryCommand':
          return '<tptz:SendAuxiliaryCommandResponse/>';
      }
      // Imaging's Stop has no profile.
      if (request.name === 'Stop' && child(request, 'VideoSourceToken')) return '<timg:StopResponse/>';
      profileOnly(request);
      switch (request.name) {
        case 'ContinuousMove': {
          const velocity = vectorIn(child(request, 'Velocity'), { pan: 0, tilt: 0, zoom: 0 });
          const timeoutMs = behaviour.ignoresTimeout ? null : durationMs(textOf(request, 'Timeout'));
          head = drivenHead(head, velocity, now(), timeoutMs ?? defaultTimeoutMs);
          return '<tptz:ContinuousMoveResponse/>';
        }
        case 'Stop':
          if (behaviour.noStop) throw new Refusal('ActionNotSupported', 'Stop is not supported');
          head = stoppedHead(head, now());
          return '<tptz:StopResponse/>';
        case 'AbsoluteMove':
          head = sentHead(head, vectorIn(child(request, 'Position'), headAt(head, now())), now());
          return '<tptz:AbsoluteMoveResponse/>';
        case 'RelativeMove':
          return relative(request);
        case 'GetStatus':
          if (behaviour.noStatus) throw new Refusal('ActionNotSupported', 'no status');
          return say.status(headAt(head, now()), isTurning(head, now()), cameraUtcMs);
        case 'GetPresets':
          return say.presetList(
            behaviour.equalPresetNames ? new Map([...presets].map(([token]) => [token, { name: 'Preset' }])) : presets,
          );
        case 'SetPreset':
          return setPreset(request, behaviour);
        case 'RemovePreset':
          if (!presets.delete(textOf(request, 'PresetToken'))) throw new Refusal('NoToken', 'no such preset');
          return '<tptz:RemovePresetResponse/>';
        case 'GotoPreset':
          return gotoPreset(request);
        case 'GetPresetTours':
        case 'OperatePresetTour':
          if (tours.count === 0) throw new Refusal('ActionNotSupported', 'no tours');
          if (request.name === 'GetPresetTours') return tours.list();
          return tours.operate(textOf(request, 'PresetTourToken'), textOf(request, 'Operation'), behaviour);
        case 'GotoHomePosition':
          head = sentHead(head, home, now());
          return '<tptz:GotoHomePositionResponse/>';
        case 'SetHomePosition':
          home = headAt(head, now());
          return '<tptz:SetHomePositionResponse/>';
      }
      throw new Refusal('ActionNotSupported', 'not supported');
    },
    close: () => tours.close(),
  };
}

function vectorIn(vector: XmlElement | undefined, otherwise: HeadPosition, mostZoom = 1): HeadPosition {
  const part = (element: string, name: string, value: number, most = 1) => {
    const text = child(vector, element)?.attributes[name];
    const read = numberOf(text);
    if (text !== undefined && (read === null || Math.abs(read) > most)) throw new Refusal('InvalidPosition', 'out of range');
    return read ?? value;
  };
  return {
    pan: part('PanTilt', 'x', otherwise.pan),
    tilt: part('PanTilt', 'y', otherwise.tilt),
    zoom: part('Zoom', 'x', otherwise.zoom, mostZoom),
  };
}
