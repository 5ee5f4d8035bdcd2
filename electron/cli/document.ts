/** A document to draw figures with, where there is no browser. */
import { DOMParser } from 'linkedom';

export function createDocument(): Document {
  return new DOMParser().parseFromString(
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'image/svg+xml',
  ) as unknown as Document;
}
