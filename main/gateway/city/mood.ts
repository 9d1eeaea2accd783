import { type Colour, unit, type Vec } from './solid.ts';

/** The light of an hour and a weather. Colours are linear light. */
export interface Mood {
  /** Towards the sun or the moon. */
  readonly sun: Vec;
  readonly sunLight: Colour;
  readonly skyLight: Colour;
  readonly zenith: Colour;
  readonly horizon: Colour;
  /** How much of the horizon's colour is in front of something 100 m away, 0 to 1. */
  readonly haze: number;
  /** 0 none to 1 closed. */
  readonly cloudCover: number;
  readonly cloudColour: Colour;
  /** Lamps, windows and headlights are on. */
  readonly lit: boolean;
  readonly rain: boolean;
  readonly exposure: number;
  /** How soft shadows are, in metres. */
  readonly softness: number;
}

const from = (azimuthDeg: number, elevationDeg: number): Vec => {
  const a = (azimuthDeg * Math.PI) / 180;
  const e = (elevationDeg * Math.PI) / 180;
  return unit([Math.sin(a) * Math.cos(e), Math.cos(a) * Math.cos(e), Math.sin(e)]);
};

/** Azimuth 0 is where the camera looks; positive is to its right. */
export const moods = {
  afternoon: {
    sun: from(-62, 32),
    sunLight: [2.5, 2.05, 1.5],
    skyLight: [0.34, 0.42, 0.56],
    zenith: [0.16, 0.28, 0.5],
    horizon: [0.62, 0.6, 0.56],
    haze: 0.2,
    cloudCover: 0.35,
    cloudColour: [0.9, 0.86, 0.8],
    lit: false,
    rain: false,
    exposure: 0.62,
    softness: 0.18,
  },
  golden: {
    sun: from(58, 15),
    sunLight: [2.9, 1.75, 0.85],
    skyLight: [0.42, 0.46, 0.58],
    zenith: [0.2, 0.3, 0.5],
    horizon: [0.86, 0.62, 0.42],
    haze: 0.22,
    cloudCover: 0.45,
    cloudColour: [1.05, 0.72, 0.5],
    lit: false,
    rain: false,
    exposure: 0.66,
    softness: 0.3,
  },
  morning: {
    sun: from(75, 24),
    sunLight: [2.4, 1.95, 1.4],
    skyLight: [0.36, 0.42, 0.5],
    zenith: [0.3, 0.42, 0.55],
    horizon: [0.66, 0.64, 0.6],
    haze: 0.3,
    cloudCover: 0.35,
    cloudColour: [0.9, 0.86, 0.82],
    lit: false,
    rain: false,
    exposure: 0.6,
    softness: 0.35,
  },
  noon: {
    sun: from(-125, 58),
    sunLight: [2.4, 2.2, 1.9],
    skyLight: [0.36, 0.44, 0.56],
    zenith: [0.14, 0.27, 0.52],
    horizon: [0.58, 0.64, 0.7],
    haze: 0.16,
    cloudCover: 0.5,
    cloudColour: [1, 1, 1],
    lit: false,
    rain: false,
    exposure: 0.52,
    softness: 0.15,
  },
  overcast: {
    sun: from(-30, 70),
    sunLight: [0.5, 0.5, 0.5],
    skyLight: [0.72, 0.76, 0.8],
    zenith: [0.42, 0.47, 0.52],
    horizon: [0.62, 0.65, 0.67],
    haze: 0.36,
    cloudCover: 0.95,
    cloudColour: [0.68, 0.7, 0.72],
    lit: false,
    rain: false,
    exposure: 0.6,
    softness: 1.6,
  },
  rain: {
    sun: from(20, 75),
    sunLight: [0.2, 0.21, 0.23],
    skyLight: [0.42, 0.48, 0.56],
    zenith: [0.2, 0.24, 0.29],
    horizon: [0.36, 0.4, 0.45],
    haze: 0.55,
    cloudCover: 1,
    cloudColour: [0.34, 0.37, 0.41],
    lit: true,
    rain: true,
    exposure: 0.72,
    softness: 2,
  },
  dusk: {
    sun: from(-70, 8),
    sunLight: [0.5, 0.22, 0.16],
    skyLight: [0.2, 0.23, 0.36],
    zenith: [0.06, 0.1, 0.22],
    horizon: [0.52, 0.3, 0.25],
    haze: 0.17,
    cloudCover: 0.55,
    cloudColour: [0.62, 0.3, 0.26],
    lit: true,
    rain: false,
    exposure: 0.9,
    softness: 0.8,
  },
  dawn: {
    sun: from(40, 7),
    sunLight: [0.9, 0.55, 0.38],
    skyLight: [0.3, 0.36, 0.48],
    zenith: [0.16, 0.24, 0.42],
    horizon: [0.74, 0.5, 0.4],
    haze: 0.34,
    cloudCover: 0.4,
    cloudColour: [0.85, 0.55, 0.45],
    lit: true,
    rain: false,
    exposure: 0.78,
    softness: 0.7,
  },
  night: {
    sun: from(-40, 50),
    sunLight: [0.035, 0.045, 0.07],
    skyLight: [0.026, 0.032, 0.055],
    zenith: [0.006, 0.009, 0.02],
    horizon: [0.05, 0.045, 0.05],
    haze: 0.22,
    cloudCover: 0.4,
    cloudColour: [0.035, 0.032, 0.036],
    lit: true,
    rain: false,
    exposure: 1.35,
    softness: 0.6,
  },
} as const satisfies Record<string, Mood>;
export type MoodName = keyof typeof moods;
