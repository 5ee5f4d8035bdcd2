/** All that was generated as a small tree: a line from fork to fork; the branch that is shown stands out. */
import type { ReactElement } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GenerationState } from '../../electron/api/index.ts';
import { shownIndex } from '../view-models/format.ts';
import { branchTree, segmentText } from '../view-models/generation.ts';
import type { Segment } from '../view-models/generation.ts';
import { useSession } from './context.tsx';

export function GenerateBranches({ state }: { state: GenerationState }): ReactElement {
  const { t } = useTranslation();
  const tree = useMemo(() => branchTree(state), [state]);
  const isTree =
    tree.length > 1 || tree.some(({ children }) => children.length > 0) || tree.some((each) => !each.isShown);
  return (
    <section className="generate-part" aria-label={t('generate.branches')} data-testid="generate-branches">
      <h3>{t('generate.branches')}</h3>
      {isTree ? <Segments segments={tree} /> : <p className="note">{t('generate.branchesNone')}</p>}
    </section>
  );
}

/** Deeper forks than this are no longer moved to the right. */
const DEEPEST = 6;

function Segments({ segments, depth = 0 }: { segments: readonly Segment[]; depth?: number }): ReactElement {
  return (
    <ul className={depth > 0 && depth < DEEPEST ? 'generate-tree inner' : 'generate-tree'}>
      {segments.map((segment) => (
        <li key={segment.tokens[0]?.node}>
          <SegmentButton segment={segment} />
          {segment.children.length > 0 && <Segments segments={segment.children} depth={depth + 1} />}
        </li>
      ))}
    </ul>
  );
}

function SegmentButton({ segment }: { segment: Segment }): ReactElement {
  const { t } = useTranslation();
  const { generation } = useSession();
  const text = segmentText(segment);
  const last = segment.tokens.at(-1);
  const facts = { text, index: shownIndex(segment.position), count: segment.tokens.length };
  return (
    <button
      type="button"
      className="branch-button"
      aria-current={segment.isShown}
      aria-label={t('generate.branch', facts)}
      onClick={() => last !== undefined && generation.select(last.node)}
      data-testid={`generate-branch-${segment.tokens[0]?.node}`}
    >
      <span className="quiet">{facts.index}</span> <span className="branch-text">{text}</span>{' '}
      <span className="quiet">+{facts.count}</span>
    </button>
  );
}
