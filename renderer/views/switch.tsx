/** A few buttons of which one is on. */
import type { ReactElement } from 'react';

interface SwitchProps<T extends string> {
  readonly label: string;
  readonly choices: readonly { readonly id: T; readonly label: string; readonly help?: string }[];
  readonly chosen: T;
  readonly onChoose: (id: T) => void;
  /** Also of the buttons: `<testId>-<id>`. */
  readonly testId: string;
}

export function Switch<T extends string>({ label, choices, chosen, onChoose, testId }: SwitchProps<T>): ReactElement {
  return (
    <div className="switch" role="group" aria-label={label} data-testid={testId}>
      {choices.map(({ id, label: text, help }) => (
        <button
          key={id}
          type="button"
          className="switch-button"
          aria-pressed={id === chosen}
          title={help}
          onClick={() => onChoose(id)}
          data-testid={`${testId}-${id}`}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
