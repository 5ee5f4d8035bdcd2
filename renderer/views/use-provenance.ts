/** Where a figure comes from, with what only the engine knows: the hash of the weights. */
import { useTranslation } from 'react-i18next';
import { tokensOf } from '../export/provenance.ts';
import type { Provenance } from '../export/provenance.ts';
import type { Frame } from '../state/frames.ts';
import type { ShownTheme } from '../state/settings.ts';
import { useApp, useSession } from './context.tsx';
import { provenanceOf } from './provenance.ts';
import type { ShownAs } from './provenance.ts';

export type ProvenanceMaker = (frame: Frame, as: ShownAs & { readonly theme?: ShownTheme }) => Promise<Provenance>;

export function useProvenance(): ProvenanceMaker {
  const { i18n } = useTranslation();
  const session = useSession();
  const version = useApp((state) => state.host?.version ?? '');
  const isExample = useApp((state) => state.covered !== null);
  return async (frame, { theme, ...as }) => {
    const own = provenanceOf(frame, version, as);
    const weights = isExample ? undefined : await session.weightsOf(own.model);
    const tokens = tokensOf(frame.run.tokens.map(({ piece }) => piece));
    return { ...own, weights, tokens, language: i18n.language, theme };
  };
}
