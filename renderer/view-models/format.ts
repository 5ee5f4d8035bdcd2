/** Numbers as people read them: true minus signs, steady significant digits; and exactly, for titles. */
import { trueMinus } from '../figures/number.ts';

const SUPERSCRIPT: Readonly<Record<string, string>> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
  '-': '⁻',
};

const superscript = (text: string): string => text.replace(/[-\d]/g, (digit) => SUPERSCRIPT[digit] ?? digit);

/** Digits, and a power of ten or null: the parts of a number, so that text and TeX write it alike. */
export function numberParts(value: number, digits: number): { mantissa: string; exponent: number | null } {
  const size = Math.abs(value);
  if (value === 0 || !Number.isFinite(value)) return { mantissa: value === 0 ? '0' : String(value), exponent: null };
  if (size >= 1e5 || size < 1e-3) {
    const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
    return { mantissa, exponent: Number(exponent) };
  }
  const text = value.toPrecision(digits);
  return { mantissa: text.includes('e') ? value.toFixed(0) : text, exponent: null };
}

/**
 * A number with `digits` significant digits: `18.42`, `−0.04100`, `4.100·10⁻⁵`; zero is `0`, infinities `∞` and `−∞`.
 * @param digits significant digits, default 4
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const { mantissa, exponent } = numberParts(value, digits);
  return trueMinus(mantissa) + (exponent === null ? '' : `·10${superscript(String(exponent))}`);
}

/** The same number for KaTeX: `−1.20\cdot10^{−5}`; infinities as `\infty`. Its source is what a screen reader gets: signs as above. */
export function texNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return '\\text{NaN}';
  if (!Number.isFinite(value)) return value > 0 ? '\\infty' : '−\\infty';
  const { mantissa, exponent } = numberParts(value, digits);
  return trueMinus(exponent === null ? mantissa : `${mantissa}\\cdot10^{${exponent}}`);
}

/** A number in five characters, where there is little room, 0 and up: `0.943`, `12.4`, `130`; what is very small is `0.000`. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  return trueMinus(value.toFixed(value < 0.9995 ? 3 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0));
}

/** The shortest decimal that is exactly this float32, for titles. */
export function exactNumber(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === Math.fround(value)) return trueMinus(String(Number(text)));
  }
  return trueMinus(String(value));
}

/** The shortest decimal that is exactly this float64, for titles of what the window itself computed. */
export function exactDouble(value: number): string {
  return Number.isFinite(value) ? trueMinus(String(value)) : formatNumber(value);
}

/** A whole number with thin spaces between thousands. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** A size in a unit: one decimal below 10, none above. */
const short = (value: number): string => value.toFixed(value < 9.95 ? 1 : 0);

/** A parameter count: `4.2 M`, `124 M`, `930 k`. */
export function formatParameters(value: number): string {
  if (value >= 1e9) return `${short(value / 1e9)} G`;
  if (value >= 1e6) return `${short(value / 1e6)} M`;
  return value >= 1e3 ? `${short(value / 1e3)} k` : String(value);
}

/** A time: `11 ms`, `1.24 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds >= 1) return `${seconds < 100 ? seconds.toPrecision(3) : seconds.toFixed(0)} s`;
  return `${short(seconds * 1000)} ms`;
}

/** A file size: `9.8 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${short(bytes / 1e9)} GB`;
  if (bytes >= 1e6) return `${short(bytes / 1e6)} MB`;
  return `${short(bytes / 1e3)} kB`;
}

/** How a layer or head is written: counted from 0, as in traced names, the command line and the files. */
export function shownIndex(index: number): string {
  return String(index);
}

/** A token on screen: never blank; white space and line ends made visible. */
export function tokenLabel(text: string): string {
  const shown = text.replace(/\r?\n|\r/g, '⏎').replace(/\t/g, '⇥');
  return shown.trim() === '' ? '␣' : shown;
}
