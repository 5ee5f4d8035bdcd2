/** A formula drawn by KaTeX as elements: its styles go through the CSSOM, which the CSP allows. */
import katex from 'katex';
import { useLayoutEffect, useRef } from 'react';
import type { ReactElement } from 'react';

/** Only \htmlClass is trusted: it names the colours of q, k and v. */
const OPTIONS = {
  output: 'htmlAndMathml',
  throwOnError: false,
  strict: false,
  trust: (context: { command: string }) => context.command === '\\htmlClass',
} as const;

export function TeX({ tex, testId }: { tex: string; testId?: string }): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (place.current !== null) katex.render(tex, place.current, OPTIONS);
  }, [tex]);
  return <div ref={place} className="tex" data-testid={testId} />;
}
