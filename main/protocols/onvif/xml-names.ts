const oasis = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';

/** Names of vocabularies, not addresses: nothing is ever fetched from there. */
export const xmlNames = {
  soap: 'http://www.w3.org/2003/05/soap-envelope',
  schemaInstance: 'http://www.w3.org/2001/XMLSchema-instance',
  schemaTypes: 'http://www.w3.org/2001/XMLSchema',
  security: `${oasis}-wssecurity-secext-1.0.xsd`,
  utility: `${oasis}-wssecurity-utility-1.0.xsd`,
  passwordDigest: `${oasis}-username-token-profile-1.0#PasswordDigest`,
  base64: `${oasis}-soap-message-security-1.0#Base64Binary`,
  addressing: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  discovery: 'http://schemas.xmlsoap.org/ws/2005/04/discovery',
  network: 'http://www.onvif.org/ver10/network/wsdl',
  schema: 'http://www.onvif.org/ver10/schema',
  error: 'http://www.onvif.org/ver10/error',
  device: 'http://www.onvif.org/ver10/device/wsdl',
  media: 'http://www.onvif.org/ver10/media/wsdl',
  ptz: 'http://www.onvif.org/ver20/ptz/wsdl',
  imaging: 'http://www.onvif.org/ver20/imaging/wsdl',
} as const;

/** The services we speak. */
export type ServiceName = 'device' | 'media' | 'ptz' | 'imaging';

const spaces = 'http://www.onvif.org/ver10/tptz';
/** The space in which 1 is half of what the picture shows (ONVIF PTZ, additional spaces). */
export const translationSpaceFov = `${spaces}/PanTiltSpaces/TranslationSpaceFov`;
/** The space in which 2 makes the picture twice as large (ONVIF PTZ, additional spaces). */
export const zoomSpaceFov = `${spaces}/ZoomSpaces/TranslationSpaceFov`;
/** Pan and tilt in degrees (ONVIF PTZ, predefined spaces). */
export const positionSpaceDegrees = `${spaces}/PanTiltSpaces/SphericalPositionSpaceDegrees`;
/** Focal lengths (ONVIF PTZ, predefined spaces). */
export const zoomSpaceMillimetre = `${spaces}/ZoomSpaces/PositionSpaceMillimeter`;
