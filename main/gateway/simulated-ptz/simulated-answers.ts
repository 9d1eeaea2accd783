import { soapEnvelope } from '../../protocols/onvif/soap-envelope.ts';
import {
  positionSpaceDegrees,
  translationSpaceFov,
  xmlNames,
  zoomSpaceFov,
  zoomSpaceMillimetre,
} from '../../protocols/onvif/xml-names.ts';
import { escapeXml, numberText } from '../../protocols/onvif/xml-text.ts';
import { headAngles, type HeadPosition } from './ptz-head.ts';
import type { SimulatedLens } from './simulated-camera.ts';

/** What a simulated camera says: XML for the body of an answer. */

export function fault(code: 'Sender' | 'Receiver', subcode: string, reason: string): string {
  return soapEnvelope(
    `<s:Fault><s:Code><s:Value>s:${code}</s:Value><s:Subcode><s:Value xmlns:ter="${xmlNames.error}">ter:${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">${escapeXml(reason)}</s:Text></s:Reason></s:Fault>`,
  );
}

export function systemTime(utcMs: number): string {
  const at = new Date(utcMs);
  const time = `<tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time>`;
  const date = `<tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date>`;
  return `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>Manual</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:UTCDateTime>${time}${date}</tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
}

export function services(origin: string): string {
  const paths = [
    ['device', '/onvif/device_service'],
    ['media', '/onvif/media'],
    ['ptz', '/onvif/ptz'],
    ['imaging', '/onvif/imaging'],
  ] as const;
  const each = paths.map(
    ([name, path]) =>
      `<tds:Service><tds:Namespace>${xmlNames[name]}</tds:Namespace><tds:XAddr>${origin}${path}</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>0</tt:Minor></tds:Version></tds:Service>`,
  );
  return `<tds:GetServicesResponse>${each.join('')}</tds:GetServicesResponse>`;
}

export function deviceInformation(serial: string): string {
  return `<tds:GetDeviceInformationResponse><tds:Manufacturer>Deedban</tds:Manufacturer><tds:Model>Simulated PTZ</tds:Model><tds:FirmwareVersion>1</tds:FirmwareVersion><tds:SerialNumber>${escapeXml(serial)}</tds:SerialNumber><tds:HardwareId>none</tds:HardwareId></tds:GetDeviceInformationResponse>`;
}

export function profiles(): string {
  return [
    '<trt:GetProfilesResponse><trt:Profiles token="main" fixed="true"><tt:Name>main</tt:Name>',
    '<tt:VideoSourceConfiguration token="vs"><tt:Name>vs</tt:Name><tt:UseCount>1</tt:UseCount><tt:SourceToken>lens</tt:SourceToken></tt:VideoSourceConfiguration>',
    '<tt:VideoEncoderConfiguration token="ve"><tt:Name>ve</tt:Name><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>1280</tt:Width><tt:Height>720</tt:Height></tt:Resolution><tt:RateControl><tt:FrameRateLimit>25</tt:FrameRateLimit></tt:RateControl></tt:VideoEncoderConfiguration>',
    '<tt:PTZConfiguration token="ptz-configuration"><tt:Name>ptz</tt:Name><tt:NodeToken>head</tt:NodeToken></tt:PTZConfiguration>',
    '</trt:Profiles></trt:GetProfilesResponse>',
  ].join('');
}

const range = (name: string, min: number, max: number) =>
  `<tt:${name}><tt:Min>${min}</tt:Min><tt:Max>${max}</tt:Max></tt:${name}>`;
const plane = (name: string, uri = '') =>
  `<tt:${name}><tt:URI>${uri}</tt:URI>${range('XRange', -1, 1)}${range('YRange', -1, 1)}</tt:${name}>`;
const line = (name: string, min: number, max = 1, uri = '') =>
  `<tt:${name}><tt:URI>${uri}</tt:URI>${range('XRange', min, max)}</tt:${name}>`;
/** Of the widest lens, mm: a usual one. */
const widestMm = 4.3;

const degrees = `<tt:AbsolutePanTiltPositionSpace><tt:URI>${positionSpaceDegrees}</tt:URI>${range('XRange', -headAngles.pan, headAngles.pan)}${range('YRange', -headAngles.tilt, headAngles.tilt)}</tt:AbsolutePanTiltPositionSpace>`;

export function nodes(mostPresets: number, tours: number, lens: SimulatedLens): string {
  const millimetres = line('AbsoluteZoomPositionSpace', widestMm, widestMm * lens.magnification, zoomSpaceMillimetre);
  return [
    '<tptz:GetNodesResponse><tptz:PTZNode token="head" FixedHomePosition="false"><tt:Name>head</tt:Name><tt:SupportedPTZSpaces>',
    (lens.tellsDegrees === true ? degrees : '') + plane('AbsolutePanTiltPositionSpace'),
    // Before the generic one, as a device may.
    (lens.tellsMillimetres ? millimetres : '') + line('AbsoluteZoomPositionSpace', 0),
    plane('RelativePanTiltTranslationSpace'),
    lens.tellsDegrees === true ? '' : plane('RelativePanTiltTranslationSpace', translationSpaceFov),
    line('RelativeZoomTranslationSpace', -1),
    lens.zoomsByPicture === true ? line('RelativeZoomTranslationSpace', 0, 100, zoomSpaceFov) : '',
    plane('ContinuousPanTiltVelocitySpace') + line('ContinuousZoomVelocitySpace', -1),
    `</tt:SupportedPTZSpaces><tt:MaximumNumberOfPresets>${mostPresets}</tt:MaximumNumberOfPresets><tt:HomeSupported>true</tt:HomeSupported>`,
    ...['Wiper|On', 'Wiper|Off', 'IRLamp|On', 'IRLamp|Off', 'IRLamp|Auto'].map(
      (each) => `<tt:AuxiliaryCommands>tt:${each}</tt:AuxiliaryCommands>`,
    ),
    tours === 0 ? '' : tourAbility(tours),
    '</tptz:PTZNode></tptz:GetNodesResponse>',
  ].join('');
}

function tourAbility(most: number): string {
  const operations = ['Start', 'Stop', 'Pause'].map((each) => `<tt:PTZPresetTourOperation>${each}</tt:PTZPresetTourOperation>`);
  return `<tt:Extension><tt:SupportedPresetTour><tt:MaximumNumberOfPresetTours>${most}</tt:MaximumNumberOfPresetTours>${operations.join('')}</tt:SupportedPresetTour></tt:Extension>`;
}

export function configurations(): string {
  return '<tptz:GetConfigurationsResponse><tptz:PTZConfiguration token="ptz-configuration"><tt:Name>ptz</tt:Name><tt:NodeToken>head</tt:NodeToken></tptz:PTZConfiguration></tptz:GetConfigurationsResponse>';
}

export function configurationOptions(): string {
  return '<tptz:GetConfigurationOptionsResponse><tptz:PTZConfigurationOptions><tt:PTZTimeout><tt:Min>PT1S</tt:Min><tt:Max>PT60S</tt:Max></tt:PTZTimeout></tptz:PTZConfigurationOptions></tptz:GetConfigurationOptionsResponse>';
}

export function status(position: HeadPosition, isMoving: boolean, utcMs: number): string {
  const state = isMoving ? 'MOVING' : 'IDLE';
  return `<tptz:GetStatusResponse><tptz:PTZStatus><tt:Position><tt:PanTilt x="${numberText(position.pan)}" y="${numberText(position.tilt)}"/><tt:Zoom x="${numberText(position.zoom)}"/></tt:Position><tt:MoveStatus><tt:PanTilt>${state}</tt:PanTilt><tt:Zoom>${state}</tt:Zoom></tt:MoveStatus><tt:UtcTime>${new Date(utcMs).toISOString()}</tt:UtcTime></tptz:PTZStatus></tptz:GetStatusResponse>`;
}

export function presetList(presets: ReadonlyMap<string, { readonly name: string }>): string {
  const each = [...presets].map(
    ([token, { name }]) => `<tptz:Preset token="${escapeXml(token)}"><tt:Name>${escapeXml(name)}</tt:Name></tptz:Preset>`,
  );
  return `<tptz:GetPresetsResponse>${each.join('')}</tptz:GetPresetsResponse>`;
}

export function lensOptions(): string {
  return `<timg:GetOptionsResponse><timg:ImagingOptions><tt:Exposure><tt:Mode>AUTO</tt:Mode><tt:Mode>MANUAL</tt:Mode>${range('Iris', -22, 0)}</tt:Exposure><tt:Focus><tt:AutoFocusModes>AUTO</tt:AutoFocusModes><tt:AutoFocusModes>MANUAL</tt:AutoFocusModes></tt:Focus></timg:ImagingOptions></timg:GetOptionsResponse>`;
}

export function lensMoveOptions(): string {
  return `<timg:GetMoveOptionsResponse><timg:MoveOptions><tt:Continuous>${range('Speed', -7, 7)}</tt:Continuous></timg:MoveOptions></timg:GetMoveOptionsResponse>`;
}
