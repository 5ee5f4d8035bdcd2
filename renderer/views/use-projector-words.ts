/** The words of the projector's legends. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { projectedTexts } from '../state/projection-view.ts';
import type { LegendWords } from '../view-models/projector-colours.ts';
import { useApp, useStageFrame, useWords } from './context.tsx';

/** Sentences are told apart by their beginnings, too. */
const LONGEST = 28;

export function useProjectorWords(): LegendWords {
  const { t } = useTranslation();
  const words = useWords();
  const kept = useApp((state) => state.projection.kept);
  const input = useStageFrame().frame?.input;
  return useMemo(() => {
    const texts = input === undefined ? [] : projectedTexts({ kept }, input);
    const beginning = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
    return {
      others: (count) => t('projector.others', { count }),
      sentence: (sentence) => `${sentence}: ${beginning(texts[sentence]?.text ?? '')}`,
      part: (part) => words(`projector.parts.${part}`),
      layer: (layer) => (layer < 0 ? t('projector.enteringShort') : String(layer)),
    };
  }, [kept, input, t, words]);
}
