/** A figure's element as XML text: the same text from a browser's document and from linkedom's. */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Line breaks and tabs in an attribute would be read back as spaces. */
const CONTROL: Readonly<Record<string, string>> = { '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' };

export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
}

export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\n\r\t]/g, (character) => ESCAPES[character] ?? CONTROL[character] ?? character);
}

const ELEMENT = 1;
const TEXT = 3;

/**
 * One element and what it holds; `first` is XML put before its children. Attributes stand in the order of the alphabet, after
 * the namespace; comments are left out.
 */
export function serialise(element: Element, first = ''): string {
  // Not tagName: an HTML document may have that in capitals.
  const name = element.localName;
  const attributes = [...element.attributes]
    .map(({ name: key, value }) => [key, value] as const)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    .join('');
  let inside = first;
  for (const child of element.childNodes) {
    if (child.nodeType === ELEMENT) inside += serialise(child as Element);
    else if (child.nodeType === TEXT) inside += escapeText(child.nodeValue ?? '');
  }
  return inside === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inside}</${name}>`;
}

function rank(attribute: string): number {
  return attribute.startsWith('xmlns') ? 0 : 1;
}
