/** How figures and the window write the sign of a number. */

/** Every ASCII minus of a number as the true minus sign, that of an exponent too: `-1.5e-7` becomes `−1.5e−7`. Files keep ASCII. */
export function trueMinus(number: string): string {
  return number.replaceAll('-', '−');
}
