/** How places are written into vectors: this model's own table, and the formulas of other kinds, all in one frame. */
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelPositions } from '../state/embeddings.ts';
import type { Frame } from '../state/frames.ts';
import { positionsExport, positionsMatrix } from '../view-models/export-answers.ts';
import { failureText } from '../view-models/failure.ts';
import type { Translate } from '../view-models/failure.ts';
import { exactDouble, formatNumber } from '../view-models/format.ts';
import { formulaPicture, learnedPicture, POSITION_KINDS } from '../view-models/positions.ts';
import type { PositionKind, PositionPicture } from '../view-models/positions.ts';
import { useSession, useWords } from './context.tsx';
import { CurveView } from './curve-view.tsx';
import { DataButtons } from './data-buttons.tsx';
import { PositionMatrix } from './position-matrix.tsx';
import type { MatrixFigure } from './position-matrix.tsx';
import { Switch } from './switch.tsx';
import { TeX } from './tex.tsx';
import { useShownFigure } from './use-shown-figure.ts';
import { useAnswer } from './use-tokenizing.ts';

interface Size {
  readonly positions: number;
  readonly dims: number;
}

const FIRST_SIZE: Size = { positions: 128, dims: 64 };
const LIMITS = { positions: [8, 512], dims: [4, 256] } as const;

export function PositionsStage({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { embeddings } = useSession();
  const asked = useAnswer(embeddings.positions, { model: frame.model.entry.id });
  const [chosen, setChosen] = useState<PositionKind | null>(null);
  const [size, setSize] = useState<Size>(FIRST_SIZE);
  const own = asked.status === 'ready' ? asked.part : null;
  const kind = chosen ?? (own?.kind === 'none' ? 'sinusoidal' : 'learned');
  const picture = usePicture(kind, size, own);
  return (
    <div className="positions" aria-busy={asked.status === 'pending'} data-testid="positions">
      <div className="positions-tools" data-own-keys>
        <Switch
          label={t('positions.kind')}
          choices={POSITION_KINDS.map((id) => ({
            id,
            label: words(`positions.kinds.${id}`),
            help: words(`positions.about.${id}`),
          }))}
          chosen={kind}
          onChoose={setChosen}
          testId="positions-kind"
        />
        {kind !== 'learned' &&
          (kind === 'relative' ? (['positions'] as const) : (['positions', 'dims'] as const)).map((name) => (
            <SizeField key={name} name={name} size={size} onSize={setSize} />
          ))}
      </div>
      {asked.status === 'failed' && kind === 'learned' && (
        <p className="problem" role="alert">
          {failureText(asked.error.failure, words)}
        </p>
      )}
      <p className="positions-whose" data-testid="positions-whose">
        {whose(kind, own, words)}
      </p>
      {kind !== 'learned' && <TeX tex={FORMULAS[kind]} testId="positions-formula" />}
      {picture !== null && <Shown frame={frame} kind={kind} picture={picture} />}
      <p className="note">{t(`positions.about.${kind}`)}</p>
    </div>
  );
}

const FORMULAS: Readonly<Record<Exclude<PositionKind, 'learned'>, string>> = {
  sinusoidal: String.raw`PE_{(p,2i)}=\sin\!\left(p/10000^{2i/d}\right)\qquad PE_{(p,2i+1)}=\cos\!\left(p/10000^{2i/d}\right)`,
  rotary: String.raw`\langle R_m\,q,\;R_n\,k\rangle=\langle q,\;R_{n-m}\,k\rangle\qquad \theta_i=10000^{-2i/d}`,
  relative: String.raw`s_{qk}=q\cdot k+b_{\mathrm{bucket}(k-q)}`,
};

/** Whether what is shown is of the model, or of nobody but the formula. */
function whose(kind: PositionKind, own: ModelPositions | null, words: Translate): string {
  if (kind !== 'learned') return words('positions.formula');
  if (own === null) return words('stage.drawing');
  if (own.kind === 'none') return words('positions.none');
  const { rows, columns, shown } = own;
  return words(shown < rows ? 'positions.learnedPart' : 'positions.learned', { rows, columns, shown });
}

function usePicture(kind: PositionKind, size: Size, own: ModelPositions | null): PositionPicture | null {
  const { positions, dims } = size;
  return useMemo(() => {
    if (kind !== 'learned') return formulaPicture(kind, positions, dims);
    return own?.kind === 'learned' ? learnedPicture(own.cosine, own.shown) : null;
  }, [kind, positions, dims, own]);
}

interface SizeFieldProps {
  readonly name: keyof Size;
  readonly size: Size;
  readonly onSize: (size: Size) => void;
}

/** What is no whole number within the limits is marked and changes nothing. */
function SizeField({ name, size, onSize }: SizeFieldProps): ReactElement {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(String(size[name]));
  const [least, most] = LIMITS[name];
  const fits = (text: string): boolean => /^\d+$/u.test(text) && Number(text) >= least && Number(text) <= most;
  return (
    <label className="beside-field">
      <span>{t(`positions.${name}`)}</span>
      <input
        className="number-field"
        inputMode="numeric"
        value={typed}
        aria-invalid={!fits(typed)}
        title={t('positions.limits', { least, most })}
        onChange={({ target: { value } }) => {
          setTyped(value);
          if (fits(value)) onSize({ ...size, [name]: Number(value) });
        }}
        data-testid={`positions-${name}`}
      />
    </label>
  );
}

interface ShownProps {
  readonly frame: Frame;
  readonly kind: PositionKind;
  readonly picture: PositionPicture;
}

function Shown({ frame, kind, picture }: ShownProps): ReactElement {
  const { t } = useTranslation();
  const { rows, columns, matrix, curve: values } = picture;
  const figure = useFigure(kind, picture);
  useExported(frame, kind, picture);
  const say = (row: number, column: number): string =>
    t(`positions.read.${kind}`, { row, column, value: exactDouble(matrix[row * columns + column] ?? NaN) });
  return (
    <div className="positions-room">
      <section className="positions-part" aria-label={t(`positions.matrix.${kind}`)}>
        <PositionMatrix
          figure={figure}
          label={t('positions.matrixLabel', { rows, columns, title: t(`positions.matrix.${kind}`) })}
          textOf={say}
        />
      </section>
      <section className="positions-part" aria-label={t(`positions.curve.${kind}`)}>
        <h3>{t(`positions.curve.${kind}`)}</h3>
        <CurveView
          {...values}
          axis={t('positions.distance')}
          label={t(`positions.curve.${kind}`)}
          textAt={(distance) =>
            t('positions.at', { distance, value: formatNumber(values.mean[distance] ?? NaN) }) +
            rangeText(values.least[distance], values.most[distance])
          }
          testId="positions-curve"
        />
        <DataButtons
          frame={frame}
          rows={() =>
            values.mean.map((mean, distance) => ({
              ...{ distance, mean, least: values.least[distance] ?? null, most: values.most[distance] ?? null },
            }))
          }
          facts={() => ({ kind, rows, columns, matrix: [...matrix] })}
          testId="positions-save"
        />
      </section>
    </div>
  );
}

/** Nothing where there is only one value. */
function rangeText(least = NaN, most = NaN): string {
  return least < most ? ` (${formatNumber(least)} … ${formatNumber(most)})` : '';
}

function useFigure(kind: PositionKind, picture: PositionPicture): MatrixFigure {
  const words = useWords();
  return useMemo(() => positionsMatrix(kind, picture, words), [kind, picture, words]);
}

/** Matrix and curve side by side. */
function useExported({ model }: Frame, kind: PositionKind, picture: PositionPicture): void {
  const words = useWords();
  const { name } = model.entry;
  useShownFigure(useMemo(() => positionsExport(name, kind, picture, words), [name, kind, picture, words]));
}
