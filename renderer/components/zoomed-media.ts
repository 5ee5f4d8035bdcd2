/** Lets the style sheets' own breakpoints follow the size of type and controls: what is larger has less room. */

const originals = new WeakMap<CSSMediaRule, string>();

/** Multiplies every length in px of the page's media queries by `zoom`, which counts from the sheets as they were loaded. */
export function zoomMedia(page: Pick<Document, 'styleSheets'>, zoom: number): void {
  for (const sheet of page.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSMediaRule)) continue;
      const original = originals.get(rule) ?? rule.media.mediaText;
      originals.set(rule, original);
      rule.media.mediaText = zoomedQuery(original, zoom);
    }
  }
}

/** `(max-width: 1099px)` at 1.5: `(max-width: 1648.5px)`. */
export function zoomedQuery(query: string, zoom: number): string {
  return query.replaceAll(/(\d+(?:\.\d+)?)px/gu, (_all, length: string) => `${Number(length) * zoom}px`);
}
