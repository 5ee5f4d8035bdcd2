/** Words with the few symbols that have a subscript: `d_k` and `W_O`. */
import { Fragment } from 'react';
import type { ReactElement } from 'react';

export function MathText({ children }: { children: string }): ReactElement {
  const parts = children.split(/_([A-Za-z])/);
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? <sub key={index}>{part}</sub> : <Fragment key={index}>{part}</Fragment>,
      )}
    </>
  );
}
